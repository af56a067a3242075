using Microsoft.Extensions.Options;

namespace JobServer.Portal.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task The_container_can_build_everything_in_it()
    {
        // ValidateOnBuild and ValidateScopes are on in every environment.
        await using var site = await PortalSite.StartAsync(environment: "Production");
    }

    [Fact]
    public async Task A_production_site_refuses_to_start_with_demo_sign_in()
    {
        var settings = new Dictionary<string, string?> { ["Portal:DemoSignIn"] = "true" };

        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => PortalSite.StartAsync(settings, environment: "Production"));

        Assert.Contains("refused in Production", error.Message);
    }
}
