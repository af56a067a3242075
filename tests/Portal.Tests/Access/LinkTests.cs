using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Access;

public sealed class LinkTests
{
    [Fact]
    public async Task Every_typed_link_leads_to_an_endpoint()
    {
        await using var site = await PortalSite.StartAsync();
        var patterns = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern).ToList();

        var links = Links().ToList();
        var dead = links.Where(link => !patterns.Exists(pattern => Matches(pattern, link.Address))).Select(link => $"{link.Name}: {link.Address}");

        Assert.True(links.Count >= 15, "The links were not found.");
        Assert.Empty(dead);
    }

    private static IEnumerable<(string Name, string Address)> Links()
    {
        foreach (var type in typeof(PortalHost).Assembly.GetTypes().Where(type => type.IsAbstract && type.IsSealed && type.Name.EndsWith("Links", StringComparison.Ordinal)))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == typeof(string)))
            {
                yield return ($"{type.Name}.{property.Name}", (string)property.GetValue(null)!);
            }

            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(string) && !method.IsSpecialName))
            {
                var arguments = method.GetParameters().Select(parameter => parameter.ParameterType == typeof(int) ? 7 : parameter.ParameterType == typeof(long) ? 7L : (object)(parameter.Name + "-1")).ToArray();
                yield return ($"{type.Name}.{method.Name}", (string)method.Invoke(null, arguments)!);
            }
        }
    }

    /// <summary>As routing does for the patterns of this site: words without case, names, and names that must be numbers.</summary>
    private static bool Matches(RoutePattern pattern, string address)
    {
        var words = address.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var segments = pattern.PathSegments;
        return segments.Count == words.Length && segments.Zip(words).All(pair => pair.First.Parts switch
        {
            [RoutePatternLiteralPart literal] => string.Equals(literal.Content, pair.Second, StringComparison.OrdinalIgnoreCase),
            [RoutePatternParameterPart parameter] => parameter.ParameterPolicies.All(policy => policy.Content is not ("int" or "long") || long.TryParse(pair.Second, out _)),
            _ => false,
        });
    }
}
