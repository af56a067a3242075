using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JobServer.Portal.Tests;

/// <summary>A certificate that wraps keys, as an operator would make it.</summary>
internal static class TestCertificate
{
    private const string Password = "a password that only tests use";

    public static Dictionary<string, string?> Settings(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=JobServer keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2046, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var path = Path.Combine(folder, "keys.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, Password));
        return new()
        {
            ["Portal:DataProtection:CertificatePath"] = path,
            ["Portal:DataProtection:CertificatePassword"] = Password,
        };
    }
}
