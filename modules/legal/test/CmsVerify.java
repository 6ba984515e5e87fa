import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.*;
import java.util.*;
import org.bouncycastle.asn1.*;
import org.bouncycastle.asn1.ua.*;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.digests.GOST3411Digest;
import org.bouncycastle.crypto.params.*;
import org.bouncycastle.crypto.signers.DSTU4145Signer;

/** Independent check of a detached CMS signature by DSTU 4145 with GOST 34.311: java -cp bcprov.jar CmsVerify.java CONTENT SIGNATURE. */
public class CmsVerify {
  static byte[] sbox(String compressed) {
    byte[] out = new byte[128];
    for (int i = 0; i < 128; i++) out[i] = (byte) Character.digit(compressed.charAt(i), 16);
    return out;
  }
  static byte[] hash(byte[] data, byte[] box) {
    GOST3411Digest digest = new GOST3411Digest(box);
    digest.update(data, 0, data.length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }
  static ASN1Primitive explicit(ASN1Encodable tagged) {
    return ((ASN1TaggedObject) tagged).getExplicitBaseObject().toASN1Primitive();
  }
  static byte[] reversed(byte[] data) {
    byte[] out = data.clone();
    for (int i = 0; i < out.length; i++) out[i] = data[data.length - 1 - i];
    return out;
  }
  public static void main(String[] args) throws Exception {
    byte[] box = sbox("A9D6EB45F13C708280C4967B231F5EADF658EBA4C037291D38D96BF025CA4E17F8E9720DC615B43A28975F0BC1DEA36438B564EA2C179FD0123E6DB8FAC57904");
    byte[] content = Files.readAllBytes(Path.of(args[0]));
    ASN1Sequence info = ASN1Sequence.getInstance(Files.readAllBytes(Path.of(args[1])));
    ASN1Sequence signed = ASN1Sequence.getInstance(explicit(info.getObjectAt(1)));
    System.out.println("detached " + (ASN1Sequence.getInstance(signed.getObjectAt(2)).size() == 1));
    ASN1Set certificates = ASN1Set.getInstance((ASN1TaggedObject) signed.getObjectAt(3), false);
    ASN1Sequence signer = ASN1Sequence.getInstance(ASN1Set.getInstance(signed.getObjectAt(signed.size() - 1)).getObjectAt(0));
    ASN1Set attributes = ASN1Set.getInstance((ASN1TaggedObject) signer.getObjectAt(3), false);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    for (ASN1Encodable one : attributes) written.write(one.toASN1Primitive().getEncoded(ASN1Encoding.DER));
    ByteArrayOutputStream inOrder = new ByteArrayOutputStream();
    for (ASN1Encodable one : ASN1Set.getInstance(new DERSet(attributes.toArray()).getEncoded(ASN1Encoding.DER))) inOrder.write(one.toASN1Primitive().getEncoded(ASN1Encoding.DER));
    byte[] sorted = new DERSet(attributes.toArray()).getEncoded(ASN1Encoding.DER);
    System.out.println("der-order " + Arrays.equals(written.toByteArray(), inOrder.toByteArray()));
    byte[] digest = null;
    for (ASN1Encodable one : attributes) {
      ASN1Sequence attribute = ASN1Sequence.getInstance(one);
      boolean isDigest = attribute.getObjectAt(0).equals(new ASN1ObjectIdentifier("1.2.840.113549.1.9.4"));
      if (isDigest) digest = ASN1OctetString.getInstance(ASN1Set.getInstance(attribute.getObjectAt(1)).getObjectAt(0)).getOctets();
    }
    System.out.println("digest " + Arrays.equals(digest, hash(content, box)));
    Certificate certificate = Certificate.getInstance(certificates.getObjectAt(0));
    System.out.println("subject " + certificate.getSubject());
    DSTU4145Params params = DSTU4145Params.getInstance(certificate.getSubjectPublicKeyInfo().getAlgorithm().getParameters());
    ECDomainParameters curve = DSTU4145NamedCurves.getByOID(params.getNamedCurve());
    byte[] key = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(certificate.getSubjectPublicKeyInfo().getPublicKeyData().getOctets())).getOctets();
    var point = DSTU4145PointEncoder.decodePoint(curve.getCurve(), reversed(key));
    DSTU4145Signer verifier = new DSTU4145Signer();
    verifier.init(false, new ECPublicKeyParameters(point, curve));
    byte[] value = ASN1OctetString.getInstance(signer.getObjectAt(5)).getOctets();
    BigInteger r = new BigInteger(1, reversed(Arrays.copyOfRange(value, 0, value.length / 2)));
    BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(value, value.length / 2, value.length)));
    System.out.println("signature " + verifier.verifySignature(hash(sorted, box), r, s));
  }
}
