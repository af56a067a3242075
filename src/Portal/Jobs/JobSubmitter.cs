using System.Diagnostics;
using JobServer.Data;
using JobServer.Data.Jobs;
using JobServer.Data.Site;
using JobServer.Domain.Pipelines;
using JobServer.Portal.Coordination;
using JobServer.Portal.Studies;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Jobs;

/// <summary>
/// Makes a job request of a submission: reads the branch, checks its project.yaml, keeps a snapshot of the
/// source and writes the jobs. Whether the person has the role to run jobs is for the caller to ask; that they belong
/// to the backend is checked here.
/// </summary>
public sealed class JobSubmitter
{
    private const int MostAttempts = 4;
    private readonly IDbContextFactory<JobServerDb> _contexts;
    private readonly ProjectFiles _projects;
    private readonly SourceSnapshots _snapshots;
    private readonly ReusableActions _reusable;
    private readonly JobSubmissions _submissions;
    private readonly CoordinatorNotices _notices;

    internal JobSubmitter(
        IDbContextFactory<JobServerDb> contexts, ProjectFiles projects, SourceSnapshots snapshots, ReusableActions reusable,
        JobSubmissions submissions, CoordinatorNotices notices)
    {
        _contexts = contexts;
        _projects = projects;
        _snapshots = snapshots;
        _reusable = reusable;
        _submissions = submissions;
        _notices = notices;
    }

    /// <summary>Every outcome is a result; only cancellation and faults of database or disk throw.</summary>
    public async Task<JobSubmissionResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        string[] actions = [.. submission.Actions.Distinct(StringComparer.Ordinal)];
        if (actions.Length == 0)
            return Refuse(JobSubmissionRefusal.NoActions, "Choose at least one action to run.");

        var (workspace, refusal) = await CheckAsync(submission, cancellationToken);
        if (workspace is null)
            return refusal!;

        var read = await _projects.ReadAsync(workspace.Repository, workspace.Branch, submission.Commit, workspace.Dialect, submission.CodeHostToken, cancellationToken);
        if (read.Value is not { } file)
            return new JobSubmissionResult.CodeNotRead(read.Problem!);
        if (file.Reading.Pipeline is not { } pipeline)
            return new JobSubmissionResult.ProjectBroken(file);

        // Unknown actions are found before the download; what exists already is looked at in the transaction.
        if (JobPlanner.Plan(pipeline, actions, submission.ForceRunDependencies, WorkspaceState.Empty) is JobPlan.Refused unknown)
            return Refuse(JobSubmissionRefusal.UnknownAction, unknown.Message);

        var source = await _snapshots.KeepAsync(submission.WorkspaceId, file, submission.CodeHostToken, cancellationToken);
        if (source.Value is not { } blob)
            return new JobSubmissionResult.CodeNotRead(source.Problem!);

        var command = new SubmitJobs
        {
            WorkspaceId = submission.WorkspaceId,
            BackendId = submission.BackendId,
            UserId = submission.UserId,
            ActorId = submission.ActorId,
            Pipeline = pipeline,
            RequestedActions = actions,
            ForceRunDependencies = submission.ForceRunDependencies,
            RerunOfId = submission.RerunOfId,
            WillNotify = submission.WillNotify,
            Branch = workspace.Branch,
            Commit = file.Commit.Sha,
            ProjectDefinition = file.Text,
            Source = blob,
            Reusable = _reusable.Of(pipeline, file.Dialect),
        };
        var result = await WriteAsync(command, file.Dialect, submission.CodeHostToken, cancellationToken);
        return result is JobSubmissionResult.Submitted submitted && file.Head != file.Commit
            ? submitted with { Note = $"They run commit {file.Commit.Short} as you chose; the newest of branch {workspace.Branch} is {file.Head.Short}." }
            : result;
    }

    /// <summary>Which reusable actions are needed is known in the transaction alone, and no transaction waits for a code host: so it is tried again.</summary>
    private async Task<JobSubmissionResult> WriteAsync(SubmitJobs command, PipelineDialect dialect, string? token, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await _submissions.SubmitAsync(command, cancellationToken);
            if (outcome is not SubmitOutcome.CodeMissing missing)
                return await AnswerAsync(outcome, cancellationToken);
            if (attempt == MostAttempts)
                return Refuse(JobSubmissionRefusal.WorkspaceChanged, "Other jobs of this workspace kept ending while this was submitted. Submit again.");
            var fetched = await _reusable.FetchAsync(missing.Actions.Select(name => command.Pipeline.Find(name)!), dialect, token, cancellationToken);
            if (fetched.Value is not { } more)
                return new JobSubmissionResult.CodeNotRead(fetched.Problem!);
            command = command with { Fetched = command.Fetched.Concat(more).ToDictionary(StringComparer.Ordinal) };
        }
    }

    private async Task<JobSubmissionResult> AnswerAsync(SubmitOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SubmitOutcome.Submitted submitted:
                await _notices.RequestChangedAsync(submitted.RequestId, cancellationToken);
                return new JobSubmissionResult.Submitted(submitted.RequestId, submitted.Identifier, submitted.JobCount);
            case SubmitOutcome.NothingToDo nothing:
                return new JobSubmissionResult.NothingToDo(nothing.RequestId, nothing.Reason);
            case SubmitOutcome.Refused refused:
                return Refuse(JobSubmissionRefusal.UnknownAction, refused.Message);
            case SubmitOutcome.WorkspaceArchived:
                return Archived();
            case SubmitOutcome.NotABackendMember:
                return NotAMember();
            case SubmitOutcome.Stopped stopped:
                return Stopped(stopped.Message);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>What can be refused without asking the code host. All of it is asked again in the transaction.</summary>
    private async Task<(WorkspaceSource? Workspace, JobSubmissionResult? Refusal)> CheckAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var workspace = await db.Workspaces.AsNoTracking().Where(row => row.Id == submission.WorkspaceId)
            .Select(row => new WorkspaceSource(
                row.Repository, row.Branch, row.IsArchived,
                db.Backends.Where(backend => backend.Id == submission.BackendId).Select(backend => backend.Dialect).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellationToken);
        if (workspace is null)
            return (null, Refuse(JobSubmissionRefusal.WorkspaceNotFound, "There is no such workspace."));
        if (workspace.IsArchived)
            return (null, Archived());
        if (await RunSwitch.ReadAsync(db, cancellationToken) is { } stopped)
            return (null, Stopped(stopped));
        var belongs = await db.BackendMemberships.AnyAsync(
            member => member.BackendId == submission.BackendId && member.UserId == submission.UserId, cancellationToken);
        return belongs ? (workspace, null) : (null, NotAMember());
    }

    private static JobSubmissionResult.Refused Archived() => Refuse(
        JobSubmissionRefusal.WorkspaceArchived, "This workspace is archived, so nothing can be run in it. A Project Developer can unarchive it.");

    private static JobSubmissionResult.Refused Stopped(string message) => Refuse(
        JobSubmissionRefusal.RunsStopped, $"No new runs are taken at the moment. {message}".TrimEnd() + " What was submitted before goes on.");

    private static JobSubmissionResult.Refused NotAMember() => Refuse(
        JobSubmissionRefusal.NotABackendMember,
        "Choose a backend that you belong to. An Onboarding Agent or a Core Developer can add you to others.");

    private static JobSubmissionResult.Refused Refuse(JobSubmissionRefusal why, string message) => new(why, message);

    private sealed record WorkspaceSource(string Repository, string Branch, bool IsArchived, PipelineDialect? Dialect);
}
