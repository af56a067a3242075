namespace JobServer.Data.Jobs;

public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    public sealed record Submitted(int RequestId, string Identifier, int JobCount) : SubmitOutcome;

    /// <summary>A request without jobs was kept, so that the log shows it.</summary>
    public sealed record NothingToDo(int RequestId, string Reason) : SubmitOutcome;

    public sealed record Refused(string Message) : SubmitOutcome;

    /// <summary>Nothing was kept: the jobs need these reusable actions too, whose code was not fetched.</summary>
    public sealed record CodeMissing(IReadOnlyList<string> Actions) : SubmitOutcome;

    public sealed record WorkspaceArchived : SubmitOutcome;

    /// <summary>The person does not belong to the backend.</summary>
    public sealed record NotABackendMember : SubmitOutcome;

    /// <summary>An admin has stopped new runs on the whole service.</summary>
    /// <param name="Message">What people are told; may be empty.</param>
    public sealed record Stopped(string Message) : SubmitOutcome;
}
