using System.Net;
using JobServer.Domain.Access;
using Xunit.Abstractions;

namespace JobServer.Portal.Tests.Access;

/// <summary>Calls every endpoint as everybody that somebody can be, and compares what happens with the policy table.</summary>
public sealed class EndpointMatrixTests(ITestOutputHelper output)
{
    private const string SignOut = "/logout";

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["Portal:Limits:SignInsPerMinute"] = "100000",
        ["Portal:Limits:SubmitsPerMinute"] = "100000",
        ["Portal:Limits:ApiCallsPerMinute"] = "1000000",
    };

    [Fact]
    public async Task Every_endpoint_lets_in_and_refuses_whom_the_policy_table_says()
    {
        await using var site = await PortalSite.StartAsync(Settings);
        var matrix = await EndpointMatrixSite.MakeAsync(site);
        var calls = await matrix.CallsAsync();
        var callers = await matrix.CallersAsync();
        var wrong = new List<string>();

        foreach (var caller in callers)
        {
            var browser = await caller.OpenAsync();
            foreach (var call in calls)
            {
                if (await ProblemAsync(browser, caller, call) is { } problem)
                {
                    wrong.Add($"{call.Name} as {caller.Name}: {problem}");
                }

                if (call.Pattern == SignOut)
                {
                    browser = await caller.OpenAsync();
                }
            }
        }

        output.WriteLine($"{calls.Count} endpoints × {callers.Count} roles");
        Assert.True(calls.Count > 40, "The endpoints were not found.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>A form is sent empty and without its token, which is looked at after the permission: whoever may gets no further than 400.</summary>
    private static async Task<string?> ProblemAsync(Browser browser, Caller caller, EndpointCall call)
    {
        var rights = call.Pattern.Contains("{project}", StringComparison.Ordinal) ? caller.InProject : caller.Everywhere;
        var refused = call.Needed.Where(any => !any.Any(rights.May)).Select(any => PolicyTable.Row(any[0])).FirstOrDefault();
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Address);
        if (request.Method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent([]);
        }

        using var response = await browser.SendAsync(request);
        var asksToSignIn = response.StatusCode == HttpStatusCode.Found && response.Headers.Location?.OriginalString.StartsWith("/login?", StringComparison.Ordinal) == true;
        if (refused is null)
        {
            return response.StatusCode >= HttpStatusCode.InternalServerError && response.StatusCode != HttpStatusCode.ServiceUnavailable ? $"failed with {response.StatusCode}"
                : !call.IsNarrowed && (asksToSignIn || response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) ? $"was refused with {response.StatusCode}, but may {Sentences(call)}"
                : null;
        }

        var isRight = refused.HidesExistence ? response.StatusCode == HttpStatusCode.NotFound
            : rights.IsSignedIn ? response.StatusCode == HttpStatusCode.Forbidden
            : asksToSignIn || response.StatusCode == HttpStatusCode.Unauthorized;
        return isRight ? null : $"answered {response.StatusCode}, but may not {refused.Sentence}";
    }

    private static string Sentences(EndpointCall call) => string.Join(" and ", call.Needed.SelectMany(any => any).Select(permission => PolicyTable.Row(permission).Sentence));
}
