using JobServer.Data.Audit;
using JobServer.Data.Redirects;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Pipelines;
using JobServer.Domain.Redirects;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Backends;

/// <summary>What admins do to a backend itself, each with its line in the audit log.</summary>
public sealed class BackendWrites(DatabaseWriter writer, AuditLog audit, TimeProvider timeProvider)
{
    /// <summary>The first word of the addresses of backends.</summary>
    public const string Root = "status";

    /// <returns>Its number, or null when another backend has the slug.</returns>
    public async Task<int?> CreateAsync(CreateBackend command, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => CreateAsync(db, command, token), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else took the slug between the look and the write; anything else is a fault.
            if (await writer.RunAsync((db, token) => IsTakenAsync(db, command.Slug, null, token), cancellationToken))
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>Names anew, and keeps the address that is left so that it leads to the new one.</summary>
    public async Task<BackendOutcome> RenameAsync(BackendEdit edit, string name, string slug, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync((db, token) => RenameAsync(db, edit, name, slug, token), cancellationToken);
        }
        catch (DbUpdateException)
        {
            if (await writer.RunAsync((db, token) => IsTakenAsync(db, slug, edit.BackendId, token), cancellationToken))
            {
                return BackendOutcome.AddressTaken;
            }

            throw;
        }
    }

    public Task<BackendOutcome> SetPoliciesAsync(BackendEdit edit, ReleasePolicy release, LogPolicy log, CancellationToken cancellationToken) =>
        ChangeAsync(
            edit,
            backend =>
            {
                (backend.ReleasePolicy, backend.LogPolicy) = (release, log);
            },
            backend => new { release = backend.ReleasePolicy.ToString(), log = backend.LogPolicy.ToString() },
            cancellationToken);

    /// <param name="edit">The backend as shown.</param>
    /// <param name="dialect">The rules that a project.yaml is held to here; null leaves it to the site's setting.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    public Task<BackendOutcome> SetDialectAsync(BackendEdit edit, PipelineDialect? dialect, CancellationToken cancellationToken) =>
        ChangeAsync(edit, backend => backend.Dialect = dialect, backend => new { dialect = backend.Dialect?.ToString() }, cancellationToken);

    /// <param name="edit">The backend as shown.</param>
    /// <param name="profile">The name of the thresholds that outputs of jobs that start from now on are held to; empty for the strict ones.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    public Task<BackendOutcome> SetDisclosureProfileAsync(BackendEdit edit, string profile, CancellationToken cancellationToken) =>
        ChangeAsync(edit, backend => backend.DisclosureProfile = profile, backend => new { disclosureProfile = backend.DisclosureProfile }, cancellationToken);

    public Task<BackendOutcome> SetLimitsAsync(BackendEdit edit, BackendLimits limits, CancellationToken cancellationToken) => ChangeAsync(
        edit,
        backend =>
        {
            (backend.JobTimeLimit, backend.JobSilenceLimit, backend.Timing) = (limits.JobTime, limits.JobSilence, limits.Timing);
        },
        backend => new
        {
            jobTime = backend.JobTimeLimit,
            jobSilence = backend.JobSilenceLimit,
            heartbeat = backend.Timing.Heartbeat,
            silence = backend.Timing.Silence,
            lease = backend.Timing.Lease,
            assignmentAnswer = backend.Timing.AssignmentAnswer,
            cancelGrace = backend.Timing.CancelGrace,
        },
        cancellationToken);

    private Task<BackendOutcome> ChangeAsync<T>(
        BackendEdit edit, Action<Backend> change, Func<Backend, T> told, CancellationToken cancellationToken)
        where T : notnull => writer.RunAsync(
        async (db, token) =>
        {
            if (await TakeAsync(db, edit, token) is not { } backend)
            {
                return BackendOutcome.ChangedMeanwhile;
            }

            var before = told(backend);
            change(backend);
            var after = told(backend);
            if (after.Equals(before))
            {
                return BackendOutcome.Unchanged;
            }

            backend.Revision++;
            await audit.AppendAsync(db, edit.PersonId, AuditAct.BackendChanged, Subject(backend.Id), new { from = before, to = after }, token);
            return BackendOutcome.Changed;
        },
        cancellationToken);

    private async Task<int?> CreateAsync(JobServerDb db, CreateBackend command, CancellationToken cancellationToken)
    {
        if (await IsTakenAsync(db, command.Slug, null, cancellationToken))
        {
            return null;
        }

        var backend = new Backend
        {
            Name = command.Name,
            Slug = command.Slug,
            ReleasePolicy = command.ReleasePolicy,
            LogPolicy = command.LogPolicy,
            CreatedAt = timeProvider.GetUtcNow(),
        };
        db.Backends.Add(backend);
        await FormerAddresses.TakeAsync(db, FormerAddresses.PathOf(Root, command.Slug), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            db, command.PersonId, AuditAct.BackendCreated, Subject(backend.Id),
            new { name = command.Name, slug = command.Slug, release = command.ReleasePolicy.ToString(), log = command.LogPolicy.ToString() },
            cancellationToken);
        return backend.Id;
    }

    private async Task<BackendOutcome> RenameAsync(JobServerDb db, BackendEdit edit, string name, string slug, CancellationToken cancellationToken)
    {
        if (await TakeAsync(db, edit, cancellationToken) is not { } backend)
        {
            return BackendOutcome.ChangedMeanwhile;
        }

        var (formerName, formerSlug) = (backend.Name, backend.Slug);
        if (string.Equals(formerName, name, StringComparison.Ordinal) && string.Equals(formerSlug, slug, StringComparison.Ordinal))
        {
            return BackendOutcome.Unchanged;
        }

        if (await IsTakenAsync(db, slug, backend.Id, cancellationToken))
        {
            return BackendOutcome.AddressTaken;
        }

        (backend.Name, backend.Slug) = (name, slug);
        backend.Revision++;
        if (!string.Equals(formerSlug, slug, StringComparison.OrdinalIgnoreCase))
        {
            var former = new Redirect
            {
                Path = FormerAddresses.PathOf(Root, formerSlug),
                BackendId = backend.Id,
                CreatedAt = timeProvider.GetUtcNow(),
                CreatedById = edit.PersonId,
            };
            await FormerAddresses.KeepAsync(db, former, FormerAddresses.PathOf(Root, slug), cancellationToken);
        }

        await audit.AppendAsync(
            db, edit.PersonId, AuditAct.BackendChanged, Subject(backend.Id), new { from = formerName, fromSlug = formerSlug, to = name, toSlug = slug }, cancellationToken);
        return BackendOutcome.Changed;
    }

    /// <summary>Takes the row's lock with its revision, so that of two writers at once one finds it changed.</summary>
    private static async Task<Backend?> TakeAsync(JobServerDb db, BackendEdit edit, CancellationToken cancellationToken)
    {
        var rows = db.Backends.Where(row => row.Id == edit.BackendId && row.Revision == edit.Revision);
        return await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), cancellationToken) == 1
            ? await rows.AsTracking().SingleAsync(cancellationToken)
            : null;
    }

    private static Task<bool> IsTakenAsync(JobServerDb db, string slug, int? except, CancellationToken cancellationToken) =>
        db.Backends.AnyAsync(row => row.Slug == slug && row.Id != except, cancellationToken);

    private static string Subject(int id) => $"backend:{id}";
}
