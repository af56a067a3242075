using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using JobServer.Domain.Access;
using JobServer.Portal.Tests.Runs;
using JobServer.TestCommon;

namespace JobServer.Portal.Tests.Errors;

/// <summary>Whatever is sent to an address, the answer is one of ours: never a fault, a foreign address or a header of somebody else's.</summary>
public sealed class HostileRequestTests
{
    private const string Evil = "evil.example";

    private static readonly (string, string)[] NoLimits = [("Portal:Limits:SubmitsPerMinute", "100000"), ("Portal:Limits:ApiCallsPerMinute", "100000")];

    private static readonly string[] Queries =
    [
        "q", "next", "returnUrl", "problem", "t", "job", "request", "backend", "user", "workspace", "status", "before", "after", "rows", "top", "since",
        "commit", "attempt", "show", "handler", "page", "Input.Name", "file", "v",
    ];

    private static readonly string[] Fields =
    [
        "FullName", "Address", "Token", "T", "next", "return", "theme", "personId", "Input.Name", "Input.Repository", "Input.Branch", "Input.Purpose",
        "Input.Token", "Input.Revision", "Unread", "Roles", "Revision", "Sure", "actions", "backend", "commit", "force", "notify", "key", "id", "notifyOf",
        "revision", "name", "study_name", "at", "then",
    ];

    private static readonly string[] Handlers =
    [
        "", "Name", "Address", "OwnAddress", "NotifyOf", "Token", "DeleteToken", "Archive", "Unarchive", "EnableNotifications", "DisableNotifications",
        "DropToken", "Cancel", "Rerun", "Remove", "Delete", "Restore", "nonsense",
    ];

    [RequiresProgram("git")]
    public async Task No_question_in_an_address_is_answered_with_a_fault_or_leads_away()
    {
        await using var site = await RunsSite.StartAsync(ProjectYaml.Chain, NoLimits);
        await site.SubmitAsync();
        using var anybody = await SignInAsync(site);
        using var visitor = site.Visitor();
        string[] values =
        [
            "%00", "%ED%A0%80", "%F0%9F%98%80", "%E2%80%AE", new string('a', 250), "%0d%0aX-Evil:%201", "-1", "0", "99999999999999999999", "%5B%5D%25",
            "/%C3%A9", $"//{Evil}", $"https://{Evil}/", $"/%5C{Evil}", "1.2.x", "<script>",
        ];

        var faults = new List<string>();
        var asked = 0;
        foreach (var address in await AddressesAsync(site))
        {
            foreach (var value in values)
            {
                var query = string.Join('&', Queries.Select(name => $"{name}={value}"));
                using var response = await (asked++ % 3 == 0 ? visitor : anybody).GetAsync($"{address}?{query}");
                Judge(response, $"GET {address} {value}", faults);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [RequiresProgram("git")]
    public async Task No_form_is_answered_with_a_fault_or_leads_away()
    {
        await using var site = await RunsSite.StartAsync(ProjectYaml.Chain, NoLimits);
        await site.SubmitAsync();
        using var anybody = await SignInAsync(site);
        var token = await TokenAsync(anybody);
        string[] values = ["\0", "\u202e😀", new string('ä', 3_000), "99999999999999999999", $"//{Evil}", "/é", "on"];

        var faults = new List<string>();
        var sent = 0;
        foreach (var address in await AddressesAsync(site))
        {
            foreach (var handler in Handlers.Where(handler => handler.Length == 0 || !address.EndsWith("/live", StringComparison.Ordinal)))
            {
                var value = values[sent++ % values.Length];
                using var content = new MultipartFormDataContent { { new StringContent(token), "__form" } };
                foreach (var field in Fields)
                    content.Add(new StringContent(value), field);
                using var request = new HttpRequestMessage(HttpMethod.Post, handler.Length == 0 ? address : $"{address}?handler={handler}") { Content = content };
                using var response = await anybody.SendAsync(request);
                Judge(response, $"POST {address} {handler} {value[..Math.Min(6, value.Length)]}", faults);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [RequiresProgram("git")]
    public async Task What_an_address_has_no_handler_for_is_refused_in_plain_words()
    {
        await using var site = await RunsSite.StartAsync(ProjectYaml.Chain, NoLimits);
        await site.SubmitAsync();
        using var anybody = await SignInAsync(site);
        var token = await TokenAsync(anybody);

        var faults = new List<string>();
        foreach (var address in await AddressesAsync(site))
        {
            foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options, HttpMethod.Trace })
            {
                using var request = new HttpRequestMessage(method, address);
                request.Headers.Add("RequestVerificationToken", token);
                using var response = await anybody.SendAsync(request);
                Judge(response, $"{method} {address}", faults);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        using var post = new HttpRequestMessage(HttpMethod.Post, "/status") { Content = new FormUrlEncodedContent([KeyValuePair.Create("__form", token)]) };
        using var refused = await anybody.SendAsync(post);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        Assert.Contains("cannot be used in this way", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/theme", "theme=dark%00")]
    [InlineData("/logout", "next=%00")]
    [InlineData("/login", "personId=%001")]
    [InlineData("/login/github", "next=%00")]
    [InlineData("/settings?handler=Name", "FullName=Ana%00Li")]
    [InlineData("/settings/verify", "T=%00")]
    [InlineData("/apply/terms", "%00=1")]
    [InlineData("/welcome", "FullName=%00")]
    public async Task A_form_with_a_letter_that_no_text_has_is_refused_with_what_to_do(string address, string body)
    {
        await using var site = await PortalSite.StartAsync();
        var browser = await site.SignInAsync(await site.Data.CreateUserAsync());

        var response = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = PortalSite.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("This form cannot be read", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Nothing was saved", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [RequiresProgram("git")]
    public async Task Letters_beyond_ascii_in_the_way_back_are_no_fault()
    {
        await using var site = await RunsSite.StartAsync();
        using var visitor = site.Visitor();
        var page = await visitor.PageAsync("/études", HttpStatusCode.NotFound);
        var signIn = page.QuerySelector("a.sign-in")!.GetAttribute("href")!;

        var form = (await visitor.PageAsync(signIn)).QuerySelectorAll("main form").OfType<IHtmlFormElement>().First();
        using var response = await visitor.SubmitAsync(form, signIn, ("personId", site.Study.Developer.Id.ToString()));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/%C3%A9tudes", response.Headers.Location!.OriginalString);
        using var again = await visitor.GetAsync("/login?next=/%C3%A9tudes");
        Assert.Equal("/%C3%A9tudes", again.Headers.Location!.OriginalString);
    }

    private static async Task<WebVisitor> SignInAsync(RunsSite site)
    {
        var anybody = await site.Data.CreateUserAsync([.. Roles.All]);
        await site.Data.AddMemberAsync(site.Study.Project, anybody, Role.ProjectDeveloper, Role.ProjectCoordinator);
        await site.Data.AddToBackendAsync(site.Study.Backend, anybody);
        return await site.SignInAsync(anybody);
    }

    private static async Task<string> TokenAsync(WebVisitor visitor) =>
        (await visitor.PageAsync("/help")).QuerySelector<IHtmlInputElement>("form.theme input[name=__form]")!.Value;

    private static async Task<IReadOnlyList<string>> AddressesAsync(RunsSite site)
    {
        var job = await site.Data.JobAsync(1, "first");
        var workspace = site.Address;
        return
        [
            "/", "/orgs", "/status", "/status/live", "/event-log", "/event-log/choices/user", "/event-log/live", "/login", "/login/github",
            "/login/github/callback", "/welcome", "/settings", "/settings/verify", "/applications", "/applications/abc", "/applications/abc/contact-details",
            "/applications/abc/researcher-details/add", "/applications/abc/confirmation", "/apply", "/apply/terms", "/help", "/picture", "/theme",
            "/institute", "/institute/asthma", "/institute/asthma/settings", "/institute/asthma/settings/members/dora", "/institute/asthma/new-workspace",
            workspace, workspace + "/edit", workspace + "/run-jobs", workspace + "/run-jobs/live", workspace + "/logs", workspace + "/logs/live",
            workspace + "/releases", workspace + "/releases/01ARZ3NDEKTSV4RRFFQ69G5FAV", workspace + "/outputs/latest", workspace + "/outputs/latest/download",
            workspace + "/1", workspace + "/1/live", workspace + "/1/compare", workspace + "/1/project.yaml", $"{workspace}/1/{job.Id}",
            $"{workspace}/1/{job.Id}/live", $"{workspace}/1/{job.Id}/log/live", $"{workspace}/1/{job.Id}/log/1", "/jobs/abcd", "/job-requests/1",
            "/api/v2/releases/file/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/errors/404", "/no/such/address/at/all",
        ];
    }

    private static void Judge(HttpResponseMessage response, string what, List<string> faults)
    {
        var place = response.Headers.Location?.OriginalString ?? "/";
        var isOurs = place.StartsWith('/') && !place.StartsWith("//", StringComparison.Ordinal) && !place.StartsWith("/\\", StringComparison.Ordinal);
        if (response.StatusCode >= HttpStatusCode.InternalServerError || !isOurs || response.Headers.Contains("X-Evil"))
            faults.Add($"{what}: {(int)response.StatusCode} {place}");
    }
}
