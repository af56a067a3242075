using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.TestCommon;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Access;

/// <summary>A site with one of everything, so that every address leads somewhere.</summary>
internal sealed class EndpointMatrixSite(PortalSite site, TestStudy study, IReadOnlyDictionary<string, string> names)
{
    private const string Get = "GET";
    private const string Post = "POST";

    public static async Task<EndpointMatrixSite> MakeAsync(PortalSite site)
    {
        var study = await site.Data.CreateStudyAsync();
        var number = await site.Data.SubmitAsync(study, ProjectYaml.One, "alone");
        var job = await site.Data.JobAsync(number, "alone");
        return new EndpointMatrixSite(site, study, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["org"] = (await site.Data.Database.ReadAsync(db => db.Organisations.SingleAsync(row => row.Id == study.Project.OrganisationId))).Slug,
            ["project"] = study.Project.Slug,
            ["workspace"] = study.Workspace.Slug,
            ["backend"] = study.Backend.Slug,
            ["number"] = $"{number}",
            ["jobId"] = job.Id,
            ["login"] = study.Developer.Login,
            ["fence"] = "1",
            ["kind"] = "user",
            ["code"] = "404",
            ["id"] = "1",
            ["user"] = "1",
            ["path"] = "none",

            // Nothing of these exists here: whoever may look finds nothing, whoever may not is refused before.
            ["release"] = "01J0000000000000000000000A",
            ["file"] = "01J0000000000000000000000B",
            ["publicId"] = "abcdefghjkmn",
            ["key"] = "study-information",
            ["researcher"] = "1",
            ["agent"] = "agent-1",
            ["review"] = "1",
            ["reviewFile"] = "1",
            ["publication"] = "1",
        });
    }

    /// <summary>Every endpoint of the portal, by each method that it answers.</summary>
    public async Task<IReadOnlyList<EndpointCall>> CallsAsync()
    {
        var pages = site.Services.GetRequiredService<PageLoader>();
        var calls = new List<EndpointCall>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsOfThePortal))
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } descriptor ? await pages.LoadAsync(descriptor, endpoint.Metadata) : null;
            IReadOnlyList<object> metadata = page is null ? endpoint.Metadata : [.. page.EndpointMetadata!];
            var needed = metadata.OfType<RequiresPermissionAttribute>().Select(needs => needs.AnyOf).ToList();
            if (needed.Count == 0 && !metadata.OfType<IAllowAnonymous>().Any())
            {
                Assert.Fail($"{endpoint.DisplayName} names no permission and is not open to everybody: give its model or endpoint a [RequiresPermission].");
            }

            var methods = page is not null ? MethodsOf(page) : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [Get];
            calls.AddRange(methods.Select(method => new EndpointCall(method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), AddressOf(endpoint.RoutePattern), needed, metadata.OfType<NarrowedInside>().Any())));
        }

        return [.. calls.DistinctBy(call => call.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A visitor, somebody signed in, a member without a role, each role held everywhere, and each that can be held in one project.</summary>
    public async Task<IReadOnlyList<Caller>> CallersAsync()
    {
        var callers = new List<Caller>
        {
            new("a visitor", Rights.Visitor, Rights.Visitor, () => Task.FromResult(site.NewBrowser())),
            await PersonAsync("somebody signed in", [], null),
            await PersonAsync("a member without a role", [], []),
        };
        foreach (var role in Roles.All)
        {
            callers.Add(await PersonAsync($"a {role.Name()}", [role], null));
        }

        foreach (var role in Roles.OfProjects)
        {
            callers.Add(await PersonAsync($"a {role.Name()} of the project", [], [role]));
        }

        return callers;
    }

    /// <param name="name">For messages.</param>
    /// <param name="everywhere">Roles for all projects.</param>
    /// <param name="inProject">Roles of the membership; null for nobody of the project.</param>
    private async Task<Caller> PersonAsync(string name, Role[] everywhere, Role[]? inProject)
    {
        var person = await site.Data.CreateUserAsync(everywhere);
        if (inProject is not null)
        {
            await site.Data.AddMemberAsync(study.Project, person, inProject);
        }

        var rights = new Rights { IsSignedIn = true, GlobalRoles = everywhere.ToHashSet() };
        return new Caller(
            name, rights, rights with { IsMember = inProject is not null, ProjectRoles = (inProject ?? []).ToHashSet() }, () => site.SignInAsync(person));
    }

    /// <summary>Not the probes of tests, and not the files that are the same for everybody.</summary>
    private static bool IsOfThePortal(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is { } text
        && !text.Contains("probe/", StringComparison.Ordinal)
        && !text.StartsWith("{**", StringComparison.Ordinal)
        && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null;

    private static IEnumerable<string> MethodsOf(CompiledPageActionDescriptor page) =>
        page.HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant()).Where(method => method is Get or Post).Append(Get).Distinct(StringComparer.Ordinal);

    private string AddressOf(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => names.TryGetValue(parameter.Name, out var value)
            ? value
            : throw new InvalidOperationException($"{pattern.RawText} has a parameter {parameter.Name} that {nameof(EndpointMatrixSite)} has no value for. Add one there."),
        _ => throw new InvalidOperationException($"{pattern.RawText} has a part of an unknown kind."),
    }))));
}
