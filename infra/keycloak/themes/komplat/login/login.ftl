<#import "template.ftl" as layout>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError('username','password'); section>
  <#if section = "header">
    ${msg("loginAccountTitle")}
  <#elseif section = "form" && realm.password>
    <#assign wrong = messagesPerField.existsError('username','password')>
    <form id="kc-form-login" class="form" action="${url.loginAction}" method="post" data-submit-once>
      <#if !usernameHidden??>
        <div class="f">
          <label for="username" class="f-label">${msg("username")}</label>
          <input id="username" class="in" name="username" value="${(login.username!'')}" type="text" autofocus autocomplete="username" autocapitalize="none" spellcheck="false" dir="ltr" <#if wrong>aria-invalid="true" aria-describedby="input-error-username"</#if>>
        </div>
      </#if>
      <div class="f">
        <label for="password" class="f-label">${msg("password")}</label>
        <div class="in-group" dir="ltr">
          <input id="password" class="in" name="password" type="password" autocomplete="current-password" <#if usernameHidden??>autofocus</#if> <#if wrong>aria-invalid="true" aria-describedby="input-error-username"</#if>>
          <button class="icon" type="button" aria-label="${msg("showPassword")}" aria-controls="password" data-password-toggle data-icon-show="eye" data-icon-hide="eye off" data-label-show="${msg("showPassword")}" data-label-hide="${msg("hidePassword")}"><i class="eye" aria-hidden="true"></i></button>
        </div>
        <span class="hint row" id="komplat-keyboard" aria-live="polite" hidden data-caps="${msg("komplatCaps")}" data-cyrillic="${msg("komplatCyrillic")}"></span>
        <#if wrong>
          <span id="input-error-username" class="errm" role="alert">${kcSanitize(messagesPerField.getFirstError('username','password'))?no_esc}</span>
        </#if>
      </div>
      <input type="hidden" id="id-hidden-input" name="credentialId" <#if auth.selectedCredential?has_content>value="${auth.selectedCredential}"</#if>>
      <button class="btn primary wide h40" name="login" id="kc-login" type="submit"><span>${msg("doLogIn")}</span><kbd aria-hidden="true">Enter</kbd></button>
      <p class="hint">${msg("komplatLockHint")}</p>
    </form>
    <script type="module" src="${url.resourcesPath}/js/passwordVisibility.js"></script>
  </#if>
</@layout.registrationLayout>
