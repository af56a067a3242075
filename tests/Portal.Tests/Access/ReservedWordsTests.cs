using JobServer.Portal.Access;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Access;

public sealed class ReservedWordsTests
{
    [Fact]
    public async Task Names_that_are_addresses_of_the_site_are_refused_where_they_would_clash()
    {
        await using var site = await PortalSite.StartAsync();
        var words = site.Services.GetRequiredService<ReservedWords>();

        Assert.All(["orgs", "STATUS", "login", "logout", "settings", "apply", "applications", "errors", "theme", "admin", "api", "lib"], word => Assert.NotNull(words.ProblemOfOrganisation(word)));
        Assert.All(["new-workspace", "New-Workspace"], word => Assert.NotNull(words.ProblemOfProject(word)));
        Assert.All(["new-workspace", "243"], word => Assert.NotNull(words.ProblemOfWorkspace(word)));
    }

    [Fact]
    public async Task Other_names_are_free_at_every_place()
    {
        await using var site = await PortalSite.StartAsync();
        var words = site.Services.GetRequiredService<ReservedWords>();

        Assert.All(["asthma", "new-workspaces", "project2workspace"], word =>
        {
            Assert.Null(words.ProblemOfOrganisation(word));
            Assert.Null(words.ProblemOfProject(word));
            Assert.Null(words.ProblemOfWorkspace(word));
        });
    }
}
