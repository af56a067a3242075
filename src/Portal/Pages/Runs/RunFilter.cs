using JobServer.Domain.Jobs;
using Microsoft.AspNetCore.WebUtilities;

namespace JobServer.Portal.Pages.Runs;

/// <summary>What a person asked a log for, as it stands in the address.</summary>
internal sealed record RunFilter
{
    private const int LongestText = 200;

    /// <summary>States that can be asked for, in the order of the menu.</summary>
    public static readonly IReadOnlyList<JobRequestState> States =
    [
        JobRequestState.Failed, JobRequestState.Running, JobRequestState.Pending, JobRequestState.Succeeded,
        JobRequestState.Cancelled, JobRequestState.NothingToDo,
    ];

    /// <summary>An action or a job's identifier, or the beginning of one.</summary>
    public string Job { get; private init; } = "";

    /// <summary>A number or an identifier of a request.</summary>
    public string Request { get; private init; } = "";

    public string Backend { get; private init; } = "";

    public string Status { get; private init; } = "";

    public string User { get; private init; } = "";

    public string Workspace { get; private init; } = "";

    /// <summary>Only requests with smaller numbers: the page after the one that ended with it.</summary>
    public int? Before { get; private init; }

    /// <summary>Only requests with greater numbers: the page before the one that began with it.</summary>
    public int? After { get; private init; }

    /// <summary>What cannot be understood, and what would be.</summary>
    public IReadOnlyList<string> Problems { get; private init; } = [];

    public bool IsAny => Job.Length + Request.Length + Backend.Length + Status.Length + User.Length + Workspace.Length > 0;

    public bool IsFirstPage => Before is null && After is null;

    public int? RequestNumber => int.TryParse(Request.TrimStart('#'), out var number) && number > 0 ? number : null;

    public JobRequestState? State => States.Where(state => StatusOf(state) == Status).Select(state => (JobRequestState?)state).FirstOrDefault();

    public static string StatusOf(JobRequestState state) => Data.SnakeCase.Of(state);

    /// <param name="query">Of the address.</param>
    /// <param name="ofAllWorkspaces">Only there can a workspace be asked for.</param>
    /// <param name="seesPeople">Only then can a person be asked for.</param>
    public static RunFilter Parse(IQueryCollection query, bool ofAllWorkspaces, bool seesPeople)
    {
        string Text(string name) => query[name].ToString().Trim();
        var filter = new RunFilter
        {
            Job = Text("job"),
            Request = Text("request"),
            Backend = Text("backend"),
            Status = Text("status").ToLowerInvariant(),
            User = Text("user"),
            Workspace = ofAllWorkspaces ? Text("workspace") : "",
            Before = Number(Text("before")),
            After = Number(Text("after")),
        };
        var problems = new List<string>();
        if (filter.Job.Length > LongestText || filter.Job.Any(char.IsControl))
            problems.Add("That is no action or job ID: actions have at most 200 letters.");
        if (filter.Request.Length > 0 && filter.RequestNumber is null && !IsIdentifier(filter.Request))
            problems.Add("That is no job request ID. Give its number, such as 243, or its 16-character identifier.");
        if (filter.Status.Length > 0 && filter.State is null)
            problems.Add("There is no such status. Choose one of the list.");
        if (filter.User.Length > 0 && !seesPeople)
            problems.Add("Sign in to see the runs of one person.");
        if ((Text("before").Length > 0 && filter.Before is null) || (Text("after").Length > 0 && filter.After is null))
            problems.Add("There is no such page; clear the filters to see the first one.");
        return filter with { Problems = problems };
    }

    public RunFilter With(IEnumerable<string> problems) => this with { Problems = [.. Problems, .. problems] };

    /// <summary>An address with these filters.</summary>
    /// <param name="path">Without a query.</param>
    /// <param name="more">Further parts of the query.</param>
    public string AddTo(string path, params IReadOnlyList<(string Name, string Value)> more)
    {
        (string Name, string Value)[] parts =
            [("job", Job), ("request", Request), ("backend", Backend), ("status", Status), ("user", User), ("workspace", Workspace), .. more];
        return QueryHelpers.AddQueryString(path, parts.Where(part => part.Value.Length > 0).Select(part => KeyValuePair.Create(part.Name, (string?)part.Value)));
    }

    private static int? Number(string text) => int.TryParse(text, out var number) && number > 0 ? number : null;

    private static bool IsIdentifier(string text) => text.Length == JobRequest.IdentifierLength && text.All(char.IsAsciiLetterOrDigit);
}
