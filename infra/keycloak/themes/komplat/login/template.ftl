<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<!DOCTYPE html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex, nofollow">
  <title>${msg("komplatPageTitle")} · Komplat</title>
  <link rel="icon" href="${url.resourcesPath}/img/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="${url.resourcesPath}/css/login.css">
  <script type="importmap">{ "imports": { "rfc4648": "${url.resourcesCommonPath}/vendor/rfc4648/rfc4648.js" } }</script>
  <#if scripts??>
    <#list scripts as script>
      <script src="${script}" type="text/javascript"></script>
    </#list>
  </#if>
  <script type="module">
    <#outputformat "JavaScript">
    import { startSessionPolling } from ${(url.resourcesPath + "/js/authChecker.js")?c};
    startSessionPolling(${url.ssoLoginInOtherTabsUrl?c});
    </#outputformat>
  </script>
  <#if authenticationSession??>
    <script type="module">
      <#outputformat "JavaScript">
      import { checkAuthSession } from ${(url.resourcesPath + "/js/authChecker.js")?c};
      checkAuthSession(${authenticationSession.authSessionIdHash?c});
      </#outputformat>
    </script>
  </#if>
  <script type="module" src="${url.resourcesPath}/js/komplat.js"></script>
</head>
<body data-page-id="login-${pageId}">
<div class="login">
  <main class="login-l">
    <div class="login-brand">
      <svg class="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true"><rect x="1" y="1" width="20" height="20" rx="5" fill="currentColor"/><path d="M7 5.5v11M7 11.6l4.2-4.1M9.2 9.6l3.4 6.9" stroke="var(--color-surface)" stroke-width="2" fill="none" stroke-linecap="square"/><path d="M13.6 6.5h2.6M13.6 9.5h2.6" stroke="var(--color-surface)" stroke-width="1.6" opacity=".75"/></svg>
      <b>Komplat</b>
    </div>
    <div class="login-f">
      <header>
        <#if auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
          <#nested "show-username">
          <h1 id="kc-page-title">${msg("komplatAgainTitle")}</h1>
          <p class="t2" id="kc-username"><span id="kc-attempted-username">${auth.attemptedUsername}</span> · <a id="reset-login" href="${url.loginRestartFlowUrl}">${msg("komplatOtherUser")}</a></p>
        <#else>
          <h1 id="kc-page-title"><#nested "header"></h1>
          <p class="t2">${(realm.displayName)!''}</p>
        </#if>
      </header>
      <#if displayMessage && message?has_content && (message.type != 'warning' || !isAppInitiatedAction??)>
        <div class="alert ${message.type}" role="<#if message.type = 'error'>alert<#else>status</#if>">${kcSanitize(message.summary)?no_esc}</div>
      </#if>
      <#nested "form">
      <#if auth?has_content && auth.showTryAnotherWayLink()>
        <form id="kc-select-try-another-way-form" action="${url.loginAction}" method="post">
          <input type="hidden" name="tryAnotherWay" value="on">
          <button class="btn plain wide" type="submit" id="try-another-way">${msg("doTryAnotherWay")}</button>
        </form>
      </#if>
      <#nested "socialProviders">
      <#if displayInfo><div class="hint"><#nested "info"></div></#if>
    </div>
    <footer class="login-foot">
      <span>${msg("komplatForgotten")}</span>
      <#if realm.internationalizationEnabled && locale.supported?size gt 1>
        <nav id="kc-locale" aria-label="${msg("languages")}">
          <#list locale.supported?reverse as l><#if l.label = locale.current><span aria-current="true" lang="${l.languageTag}">${l.label}</span><#else><a href="${l.url}" lang="${l.languageTag}">${l.label}</a></#if><#sep> · </#list>
        </nav>
      </#if>
    </footer>
  </main>
  <aside class="login-r">
    <section>
      <h2>${msg("komplatServices")}</h2>
      <ul class="svc-list">
        <li><span>${msg("komplatAccessService")}</span><span class="pill ok"><svg class="i" width="13" height="13" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m16 9-5.5 5.5L8 12"/></svg>${msg("komplatWorks")}</span><small>${msg("komplatAccessServiceHint")}</small></li>
        <#if (client.baseUrl)?has_content>
        <li><span>${msg("komplatWorkplace")}</span><span class="pill idle" id="komplat-workplace" data-address="${client.baseUrl}" data-works="${msg("komplatWorks")}" data-silent="${msg("komplatSilent")}">${msg("komplatChecking")}</span><small>${msg("komplatWorkplaceHint")}</small></li>
        </#if>
      </ul>
    </section>
    <#if properties.komplatProfile = "training">
    <section class="train">
      <svg class="i" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true"><path d="M21.42 10.922a1 1 0 0 0-.019-1.838L12.83 5.18a2 2 0 0 0-1.66 0L2.6 9.08a1 1 0 0 0 0 1.832l8.57 3.908a2 2 0 0 0 1.66 0z"/><path d="M22 10v6"/><path d="M6 12.5V16a6 3 0 0 0 12 0v-3.5"/></svg>
      <div><b>${msg("komplatTraining")}</b><p>${msg("komplatTrainingText")}</p><p>${msg("komplatTrainingLogins")}</p></div>
    </section>
    </#if>
  </aside>
</div>
</body>
</html>
</#macro>
