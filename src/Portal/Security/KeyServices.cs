using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobServer.Data;
using Microsoft.AspNetCore.DataProtection;

namespace JobServer.Portal.Security;

/// <summary>
/// The keys that protect cookies and stored tokens: rows of the database, so that every process of the site has the
/// same, wrapped by a certificate that the database does not hold, so that a copy of the database opens nothing.
/// </summary>
internal static class KeyServices
{
    public static void AddKeys(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(KeyOptions.Section).Get<KeyOptions>() ?? new KeyOptions();
        builder.Services.AddOptions<KeyOptions>().BindConfiguration(KeyOptions.Section)
            .Validate(
                keys => keys.CertificatePath.Length > 0 || !builder.Environment.IsProduction(),
                "Portal:DataProtection:CertificatePath is missing. In Production it must name a PKCS#12 file whose certificate " +
                "wraps the keys in the database; without it a copy of the database would open people's tokens and sessions.")
            .ValidateOnStart();
        var keys = builder.Services.AddDataProtection().SetApplicationName("JobServer").PersistKeysToDbContext<JobServerDb>();
        if (options.CertificatePath.Length > 0)
        {
            keys.ProtectKeysWithCertificate(Load(options));
        }
    }

    private static X509Certificate2 Load(KeyOptions options)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.CertificatePassword);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException(
                $"Portal:DataProtection:CertificatePath '{options.CertificatePath}' cannot be opened: {error.Message} " +
                "Check the path, who may read it, and Portal:DataProtection:CertificatePassword.", error);
        }

        using var key = certificate.GetRSAPrivateKey();
        return key is not null
            ? certificate
            : throw new InvalidOperationException(
                $"The certificate in '{options.CertificatePath}' has no RSA private key, so nobody could unwrap what it wraps.");
    }
}
