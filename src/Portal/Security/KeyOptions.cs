namespace JobServer.Portal.Security;

/// <summary>What wraps the keys of cookies and stored tokens: section <c>Portal:DataProtection</c>.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Portal:DataProtection";

    /// <summary>A PKCS#12 file with an RSA certificate and its private key. Required in Production.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>Of the file; may be empty.</summary>
    public string CertificatePassword { get; set; } = "";
}
