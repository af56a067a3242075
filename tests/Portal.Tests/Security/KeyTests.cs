using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Tests.Security;

public sealed class KeyTests
{
    [Fact]
    public async Task A_production_site_refuses_to_start_without_a_certificate_for_its_keys()
    {
        var settings = new Dictionary<string, string?> { ["Portal:DataProtection:CertificatePath"] = "" };

        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => PortalSite.StartAsync(settings, environment: "Production"));

        Assert.Contains("Portal:DataProtection:CertificatePath is missing", error.Message);
    }

    [Theory]
    [InlineData("Portal:DataProtection:CertificatePassword", "wrong")]
    [InlineData("Portal:DataProtection:CertificatePath", "/nowhere/keys.pfx")]
    public async Task A_certificate_that_cannot_be_opened_is_named_with_what_to_check(string setting, string value)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => PortalSite.StartAsync(new Dictionary<string, string?> { [setting] = value }, environment: "Production"));

        Assert.Contains("cannot be opened", error.Message);
        Assert.Contains("CertificatePassword", error.Message);
    }

    [Fact]
    public async Task A_copy_of_the_database_does_not_hold_the_keys_in_the_clear()
    {
        await using var site = await PortalSite.StartAsync(environment: "Production");

        var protector = site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a test");
        Assert.Equal("secret", protector.Unprotect(protector.Protect("secret")));

        var keys = await site.Data.Database.ReadAsync(db => db.DataProtectionKeys.Select(key => key.Xml).ToListAsync());
        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            Assert.Contains("EncryptedData", key);
            Assert.DoesNotContain("<masterKey", key);
        });
    }

    [Fact]
    public async Task A_demo_site_keeps_its_keys_in_the_database_without_a_certificate()
    {
        await using var site = await PortalSite.StartAsync(environment: "Development");

        Assert.NotEmpty(await site.Data.Database.ReadAsync(db => db.DataProtectionKeys.ToListAsync()));
    }
}
