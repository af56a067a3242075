using JobServer.Domain.Jobs;

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

    /// <summary>An action or a job's identifier.</summary>
    public string Job { get; private init; } = "";

    /// <summary>A number or an identifier of a request.</summary>
    public string Request { get; private init; } = "";

    public string Backend { get; private init; } = "";

    public string Status { get; private init; } = "";

    public string User { get; private init; } = "";

    public string Workspace { get; private init; } = "";

    public int Page { get; private init; } = 1;

    /// <summary>What cannot be understood, and what would be.</summary>
    public IReadOnlyList<string> Problems { get; private init; } = [];

    public bool IsAny => Job.Length + Request.Length + Backend.Length + Status.Length + User.Length + Workspace.Length > 0;

    public int? RequestNumber => int.TryParse(Request.TrimStart('#'), out var number) && number > 0 ? number : null;

    public JobRequestState? State => States.Where(state => StatusOf(state) == Status).Select(state => (JobRequestState?)state).FirstOrDefault();

    public static string StatusOf(JobRequestState state) => Data.SnakeCase.Of(state);

    public static RunFilter Parse(IQueryCollection query, RunChoices choices, bool mayFilterByUser)
    {
        string Text(string name) => query[name].ToString().Trim();
        var filter = new RunFilter
        {
            Job = Text("job"),
            Request = Text("request"),
            Backend = Text("backend"),
            Status = Text("status").ToLowerInvariant(),
            User = Text("user"),
            Workspace = choices.Workspaces.Count > 0 ? Text("workspace") : "",
        };
        var problems = new List<string>();
        if (filter.Job.Length > LongestText || filter.Job.Any(char.IsControl))
            problems.Add("That is no action or job ID: actions have at most 200 letters.");
        if (filter.Request.Length > 0 && filter.RequestNumber is null && !IsIdentifier(filter.Request))
            problems.Add("That is no job request ID. Give its number, such as 243, or its 16-character identifier.");
        if (filter.Status.Length > 0 && filter.State is null)
            problems.Add("There is no such status. Choose one of the list.");
        if (filter.Backend.Length > 0 && !choices.Backends.Contains(filter.Backend, StringComparer.OrdinalIgnoreCase))
            problems.Add("There is no such backend. Choose one of the list.");
        if (filter.Workspace.Length > 0 && !choices.Workspaces.Contains(filter.Workspace, StringComparer.OrdinalIgnoreCase))
            problems.Add("There is no such workspace. Choose one of the list.");
        if (filter.User.Length > 0 && !mayFilterByUser)
            problems.Add("Sign in to see the runs of one person.");
        else if (filter.User.Length > 0 && !choices.Users.Any(user => string.Equals(user.Login, filter.User, StringComparison.OrdinalIgnoreCase)))
            problems.Add("There is no such user. Choose one of the list.");

        var page = Text("page");
        var isPage = int.TryParse(page, out var number) && number is > 0 and <= 1_000_000;
        if (page.Length > 0 && !isPage)
            problems.Add("There is no such page; this is the first one.");
        return filter with { Page = isPage ? number : 1, Problems = problems };
    }

    private static bool IsIdentifier(string text) => text.Length == JobRequest.IdentifierLength && text.All(char.IsAsciiLetterOrDigit);
}
