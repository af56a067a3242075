using JobServer.Data.Backends;
using Microsoft.AspNetCore.Routing.Patterns;

namespace JobServer.Portal.Access;

/// <summary>
/// Names that would clash with addresses of the site, read from its endpoints. A word is refused where it stands in
/// an address, and above that too, so that no address reads as two things.
/// </summary>
internal sealed class ReservedWords(EndpointDataSource endpoints)
{
    private const int OrganisationSegment = 0;
    private const int ProjectSegment = 1;
    private const int WorkspaceSegment = 2;

    /// <summary>First words of addresses that are promised or answered by others.</summary>
    private static readonly string[] Kept = ["admin", "api", "health", "healthz", "help", "livez", "readyz"];

    /// <returns>Null when an organisation may have this slug, otherwise why not.</returns>
    public string? ProblemOfOrganisation(string slug) => Problem(slug, OrganisationSegment);

    /// <returns>Null when a project may have this slug, otherwise why not.</returns>
    public string? ProblemOfProject(string slug) => Problem(slug, ProjectSegment);

    /// <returns>Null when a workspace may have this slug, otherwise why not.</returns>
    public string? ProblemOfWorkspace(string slug) => Problem(slug, WorkspaceSegment);

    /// <returns>Null when a backend may have this slug, otherwise why not.</returns>
    public string? ProblemOfBackend(string slug) => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Select(endpoint => endpoint.RoutePattern.PathSegments)
        .Where(segments => segments.Count > 1 && string.Equals(Literal(segments[0]), BackendWrites.Root, StringComparison.OrdinalIgnoreCase))
        .Any(segments => string.Equals(Literal(segments[1]), slug, StringComparison.OrdinalIgnoreCase))
            ? Taken(slug)
            : null;

    private static string Taken(string slug) => $"The site uses '{slug}' in its own addresses. Choose another name.";

    private string? Problem(string slug, int segment)
    {
        if (segment == WorkspaceSegment && slug.Length > 0 && slug.All(char.IsAsciiDigit))
        {
            return "A name of digits alone would read as the number of a request. Add a letter.";
        }

        return WordsFrom(segment).Contains(slug, StringComparer.OrdinalIgnoreCase)
            ? Taken(slug)
            : null;
    }

    private IEnumerable<string> WordsFrom(int segment)
    {
        var words = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.PathSegments)
            .Where(segments => segment == OrganisationSegment || (segments.Count > segment && segments.Take(segment).All(IsName)))
            .SelectMany(segments => segment == OrganisationSegment ? segments.Take(1) : segments.Skip(segment))
            .Select(Literal)
            .OfType<string>();
        return segment == OrganisationSegment ? words.Concat(Kept) : words;
    }

    private static bool IsName(RoutePatternPathSegment segment) => Literal(segment) is null;

    private static string? Literal(RoutePatternPathSegment segment) =>
        segment is { IsSimple: true, Parts: [RoutePatternLiteralPart literal] } ? literal.Content : null;
}
