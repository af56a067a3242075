using JobServer.RunnerAgent.Connection;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JobServer.RunnerAgent.Tests;

public sealed class HostTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Fact]
    public void The_container_can_build_everything()
    {
        using var host = AgentProcess.Build(new Uri("http://127.0.0.1:1"), _temp.Path);

        Assert.NotNull(host.Services.GetRequiredService<AgentConnector>());
        Assert.NotEmpty(host.Services.GetServices<IHostedService>());
    }

    [Theory]
    [InlineData("http://coordinator.example:5081", "not encrypted")]
    [InlineData("http://10.0.0.1:5081", "not encrypted")]
    [InlineData("ftp://127.0.0.1", "must begin with https")]
    public async Task An_address_without_encryption_stops_the_start(string address, string message)
    {
        using var host = AgentProcess.Build(new Uri(address), _temp.Path);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://coordinator.example")]
    [InlineData("http://127.0.0.1:5081")]
    [InlineData("http://[::1]:5081")]
    [InlineData("http://localhost:5081")]
    public void Https_and_loopback_are_allowed(string address)
    {
        using var host = AgentProcess.Build(new Uri(address), _temp.Path);

        Assert.Equal(new Uri(address), host.Services.GetRequiredService<IOptions<AgentOptions>>().Value.CoordinatorAddress);
    }

    [Fact]
    public async Task Missing_settings_are_named_all_at_once()
    {
        using var host = AgentProcess.Build(new Uri("http://127.0.0.1:1"), _temp.Path, ("Agent:Token", ""), ("Agent:Backend", ""));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Token", error.Message, StringComparison.Ordinal);
        Assert.Contains("Backend", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_agents_never_share_a_state_directory()
    {
        var options = Options.Create(new AgentOptions { StateDirectory = _temp.Path });
        using var first = new StateDirectory(options);

        var error = Assert.Throws<InvalidOperationException>(() => new StateDirectory(options));

        Assert.Contains("Another agent", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python", "latest", null)]
    [InlineData("stata-mp", "latest", "Available are: python, r, sh")]
    public void Images_are_found_or_named(string name, string version, string? message)
    {
        var problem = new ImageCatalogue(Options.Create(new AgentOptions())).Find(name, version, out _);

        Assert.Equal(message is null, problem is null);
        Assert.Contains(message ?? "", problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_not_offered_is_named_with_those_that_are()
    {
        var options = new AgentOptions();
        options.Images["sh"] = new ImageOptions { Entrypoint = { "/bin/sh" }, Versions = { "v1", "v2" } };

        var problem = new ImageCatalogue(Options.Create(options)).Find("sh", "latest", out _);

        Assert.Contains("v1, v2", problem, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();
}
