using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.CodeHosts;

public sealed class CodeHostRouterTests
{
    [Theory]
    [InlineData("https://demo.local/studies/asthma-reviews", "https://demo.local/studies/asthma-reviews")]
    [InlineData(" https://demo.local/studies/asthma-reviews.git/ ", "https://demo.local/studies/asthma-reviews")]
    [InlineData("https://github.com/MediciaAI/TestTeam", "https://github.com/MediciaAI/TestTeam")]
    [InlineData("https://GitHub.com/MediciaAI/TestTeam.git", "https://github.com/MediciaAI/TestTeam")]
    public async Task The_host_is_chosen_by_the_address(string address, string canonical)
    {
        await using var site = await StartAsync();

        var found = site.Services.GetRequiredService<CodeHostRouter>().Find(address);

        Assert.Equal(canonical, found.Value!.Repository.Address.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MediciaAI/TestTeam")]
    [InlineData("https://example.org/a/b")]
    [InlineData("http://github.com/a/b")]
    [InlineData("https://github.com/a")]
    [InlineData("https://github.com/a/b/tree/main")]
    [InlineData("https://user:token@github.com/a/b")]
    [InlineData("https://github.com/a/b?token=1")]
    [InlineData("https://github.com/a/..")]
    [InlineData("https://github.com/a/%2e%2e%2fb")]
    [InlineData("https://demo.local/../../etc")]
    [InlineData("git@github.com:a/b.git")]
    [InlineData("file:///etc/passwd")]
    public async Task Anything_else_is_no_repository(string? address)
    {
        await using var site = await StartAsync();

        var found = site.Services.GetRequiredService<CodeHostRouter>().Find(address);

        Assert.Equal(CodeHostFailure.NotARepositoryAddress, found.Problem!.Failure);
    }

    private static Task<PortalSite> StartAsync() => PortalSite.StartAsync(new Dictionary<string, string?>
    {
        ["CodeHosts:Local:Root"] = "/nonexistent",
        ["CodeHosts:Local:Address"] = "https://demo.local",
    });
}
