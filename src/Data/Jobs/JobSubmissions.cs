using System.Diagnostics;
using JobServer.Data.Audit;
using JobServer.Data.Site;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>Turns a request into rows: plan and insert in one transaction, so that two submits cannot make the same job twice.</summary>
public sealed class JobSubmissions(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider, Random random)
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    public Task<SubmitOutcome> SubmitAsync(SubmitJobs command, CancellationToken cancellationToken) =>
        writer.RunAsync((db, token) => SubmitAsync(db, command, token), cancellationToken);

    private async Task<SubmitOutcome> SubmitAsync(JobServerDb db, SubmitJobs command, CancellationToken cancellationToken)
    {
        // Raising the revision locks the workspace's row: submits to one workspace take turns on every database.
        var isOpen = await db.Workspaces.Where(workspace => workspace.Id == command.WorkspaceId && !workspace.IsArchived)
            .ExecuteUpdateAsync(set => set.SetProperty(workspace => workspace.Revision, workspace => workspace.Revision + 1), cancellationToken) == 1;
        if (!isOpen)
        {
            return new SubmitOutcome.WorkspaceArchived();
        }

        if (!await db.BackendMemberships.AnyAsync(member => member.BackendId == command.BackendId && member.UserId == command.UserId, cancellationToken))
        {
            return new SubmitOutcome.NotABackendMember();
        }

        // The jobs that new ones may wait for are locked too: where readers do not wait for writers, one of them could
        // otherwise end after it was read, and what waits for it would neither start nor fail.
        await db.Jobs
            .Where(job => job.WorkspaceId == command.WorkspaceId && job.BackendId == command.BackendId
                && (job.State == JobState.Pending || job.State == JobState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.UpdatedAt, job => job.UpdatedAt), cancellationToken);
        var state = await WorkspaceStates.ReadAsync(db, command.WorkspaceId, command.BackendId, cancellationToken);
        return JobPlanner.Plan(command.Pipeline, command.RequestedActions, command.ForceRunDependencies, state) switch
        {
            JobPlan.Refused refused => new SubmitOutcome.Refused(refused.Message),
            JobPlan.NothingToDo nothing => await KeepAsync(db, command, [], nothing.Reason, cancellationToken),
            JobPlan.Planned planned when MissingCode(command, planned.Jobs) is { Count: > 0 } missing => new SubmitOutcome.CodeMissing(missing),
            JobPlan.Planned planned => await KeepAsync(db, command, planned.Jobs, "", cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    private static List<string> MissingCode(SubmitJobs command, IReadOnlyList<PlannedJob> planned) =>
        [.. planned.Select(job => job.Action.Name).Where(name => command.Reusable.Contains(name) && !command.Fetched.ContainsKey(name))];

    private async Task<SubmitOutcome> KeepAsync(
        JobServerDb db, SubmitJobs command, IReadOnlyList<PlannedJob> planned, string reason, CancellationToken cancellationToken)
    {
        if (await RunSwitch.StoppedAsync(db, cancellationToken) is { } stopped)
        {
            return new SubmitOutcome.Stopped(stopped);
        }

        var now = timeProvider.GetUtcNow();
        var identifier = new string(random.GetItems<char>(Base32, JobRequest.IdentifierLength));
        var request = new JobRequest
        {
            Identifier = identifier,
            WorkspaceId = command.WorkspaceId,
            BackendId = command.BackendId,
            CreatedById = command.UserId,
            CreatedAt = now,
            RequestedActions = command.RequestedActions,
            ForceRunDependencies = command.ForceRunDependencies,
            RerunOfId = command.RerunOfId,
            WillNotify = command.WillNotify,
            Branch = command.Branch,
            Commit = command.Commit,
            SourceDigest = command.Source.Digest,
            SourceSize = command.Source.Size,
            ProjectDefinition = command.ProjectDefinition,
            State = planned.Count == 0 ? JobRequestState.NothingToDo : JobRequestState.Pending,
            StatusMessage = Text.Shorten(reason, JobRequest.StatusMessageMaxLength),
            PendingJobs = planned.Count,
            EndedAt = planned.Count == 0 ? now : null,
        };
        var slots = await JobSlots.ReadAsync(db, command.BackendId, command.WorkspaceId, cancellationToken);
        for (var position = 0; position < planned.Count; position++)
        {
            var action = planned[position].Action;
            AddJob(db, request, planned[position], command.Fetched.GetValueOrDefault(action.Name), position, slots.Of(action.Name), now);
        }

        db.JobRequests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            db, command.ActorId ?? command.UserId, command.ActorId is null ? AuditAct.JobsSubmitted : AuditAct.JobsRetried, $"job_request:{request.Id}",
            new { request.Identifier, command.Commit, command.RequestedActions, command.ForceRunDependencies, Jobs = planned.Count, RetryOf = command.RerunOfId },
            cancellationToken);
        return planned.Count == 0
            ? new SubmitOutcome.NothingToDo(request.Id, reason)
            : new SubmitOutcome.Submitted(request.Id, identifier, planned.Count);
    }

    private static void AddJob(
        JobServerDb db, JobRequest request, PlannedJob planned, ReusableAction? reusable, int position, int slots, DateTimeOffset now)
    {
        var waits = planned.WaitsFor.Count > 0;
        var code = waits ? JobStatusCode.WaitingOnDependencies : JobStatusCode.Created;
        var id = JobIdentifier.For(request.Identifier, planned.Action.Name);
        var job = new Job
        {
            Id = id,
            JobRequest = request,
            Position = position,
            WorkspaceId = request.WorkspaceId,
            BackendId = request.BackendId,
            Action = planned.Action.Name,
            Image = reusable?.Image ?? planned.Action.Image,
            ImageVersion = reusable?.ImageVersion ?? planned.Action.ImageVersion,
            Arguments = reusable is null ? planned.Action.Arguments : [.. reusable.Arguments, .. planned.Action.Arguments],
            ReusableRepository = reusable?.Repository,
            ReusableCommit = reusable?.Commit,
            ReusableDigest = reusable?.Source.Digest,
            ReusableSize = reusable?.Source.Size ?? 0,
            Outputs = [.. planned.Action.Outputs.Select(output => new JobOutputSpec { Level = output.Level, Pattern = output.Pattern })],
            UsesDatabase = planned.Action.UsesDatabase,
            Slots = slots,
            StatusCode = code,
            StatusMessage = code.DefaultMessage(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        foreach (var input in planned.InputsFrom)
        {
            var neededId = input.ExistingJobId ?? JobIdentifier.For(request.Identifier, input.Action);
            job.Needs.Add(new JobNeed { JobId = id, NeededJobId = neededId, Action = input.Action });
        }

        request.Jobs.Add(job);
        db.JobEvents.Add(new JobEvent { JobId = id, At = now, Kind = JobEventKind.Created, State = job.State, StatusCode = code });
    }
}
