using System.Net;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Access;

public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_names_its_permission_or_is_open_to_everybody()
    {
        await using var site = await PortalSite.StartAsync();
        var pages = site.Services.GetRequiredService<PageLoader>();
        var unnamed = new List<string?>();

        var endpoints = site.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        foreach (var endpoint in endpoints)
        {
            // The attributes of a page's model are known once the page is loaded.
            IEnumerable<object> metadata = endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
                ? (await pages.LoadAsync(page, endpoint.Metadata)).EndpointMetadata!
                : endpoint.Metadata;
            if (!metadata.Any(item => item is RequiresPermissionAttribute or IAllowAnonymous))
            {
                unnamed.Add(endpoint.DisplayName);
            }
        }

        Assert.True(endpoints.Count > 15, "The site's endpoints were not found.");

        // The framework's own, in development alone, for files that the build did not know; closed like any without a name.
        unnamed.Remove("Fallback {**path:file}");
        Assert.Empty(unnamed);
    }

    [Fact]
    public async Task An_endpoint_that_names_no_permission_is_closed_to_everybody()
    {
        await using var site = await PortalSite.StartAsync(map: app => app.MapGet("/unnamed", () => "open").Finally(endpoint =>
        {
            foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToList())
            {
                endpoint.Metadata.Remove(open);
            }
        }));
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync([.. Roles.All]));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/unnamed")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.NewBrowser().GetAsync("/unnamed")).StatusCode);
    }
}
