using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Jobs;
using JobServer.Domain.Releases.Requests;
using JobServer.Outputs.Disclosure;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Releases.Requests;

/// <summary>What researchers do: ask for a release, change a returned request, take it back.</summary>
public sealed class ReleaseRequestWrites(DatabaseWriter writer, AuditLog audit, Random random, TimeProvider timeProvider)
{
    private static readonly ReleaseRequestState[] Open = [ReleaseRequestState.Submitted, ReleaseRequestState.Returned];

    public Task<AskOutcome> AskAsync(AskForRelease ask, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            // The workspace's row is the lock: of two that ask at once the second finds the first.
            await db.Workspaces.Where(row => row.Id == ask.WorkspaceId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision), token);
            var (files, problem) = await FilesAsync(db, ask, token);
            if (problem is not null)
            {
                return problem;
            }

            var backendId = files[0].Job.BackendId;
            var open = await db.ReleaseRequests.Where(row => row.WorkspaceId == ask.WorkspaceId && row.BackendId == backendId && Open.Contains(row.State))
                .Select(row => (int?)row.Id).FirstOrDefaultAsync(token);
            if (open is { } other)
            {
                return new AskOutcome.HasOpen(other);
            }

            var now = timeProvider.GetUtcNow();
            var request = new ReleaseRequest
            {
                WorkspaceId = ask.WorkspaceId,
                BackendId = backendId,
                CreatedById = ask.PersonId,
                CreatedAt = now,
                SubmittedAt = now,
                Context = ask.Context,
                Controls = ask.Controls,
            };
            request.Files.AddRange(files.Select(file => Asked(file, ask, turn: 1)));
            db.ReleaseRequests.Add(request);
            await db.SaveChangesAsync(token);
            await TellAsync(db, request, ask.PersonId, token);
            return new AskOutcome.Asked(request.Id);
        },
        cancellationToken);

    /// <summary>
    /// Submits a returned request again. Approvals of files that did not change stay; what was rejected is decided anew. Where
    /// nothing is left to decide on, it ends at once.
    /// </summary>
    /// <param name="requestId">The request.</param>
    /// <param name="turn">As the page shows it.</param>
    /// <param name="ask">All that it asks for now.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public Task<AskOutcome> ResubmitAsync(int requestId, int turn, AskForRelease ask, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var (files, problem) = await FilesAsync(db, ask, token);
            if (problem is not null)
            {
                return problem;
            }

            var (now, backendId) = (timeProvider.GetUtcNow(), files[0].Job.BackendId);
            var taken = await db.ReleaseRequests
                .Where(row => row.Id == requestId && row.WorkspaceId == ask.WorkspaceId && row.BackendId == backendId
                    && row.State == ReleaseRequestState.Returned && row.Turn == turn)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.State, ReleaseRequestState.Submitted)
                        .SetProperty(row => row.Turn, row => row.Turn + 1)
                        .SetProperty(row => row.SubmittedAt, now)
                        .SetProperty(row => row.Context, ask.Context)
                        .SetProperty(row => row.Controls, ask.Controls)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token);
            if (taken != 1)
            {
                return new AskOutcome.FilesChanged();
            }

            var request = await db.ReleaseRequests.AsTracking().AsSplitQuery().Include(row => row.Files).ThenInclude(file => file.Votes)
                .Include(row => row.Files).ThenInclude(file => file.OutputFile).SingleAsync(row => row.Id == requestId, token);
            foreach (var former in request.Files.Where(file => file.RemovedInTurn is null).ToList())
            {
                if (files.Find(file => file.Path == former.Path && file.Digest == former.Digest) is not { } same)
                {
                    former.RemovedInTurn = request.Turn;
                    continue;
                }

                files.Remove(same);
                former.Exception = ask.Files[same.Id].Trim();

                // The same bytes under other rules are looked at again: what was found may be what was not looked for before.
                if (former.OutputFile.CheckedWith != same.CheckedWith || !former.OutputFile.Findings.SequenceEqual(same.Findings))
                {
                    db.RemoveRange(former.Votes.Where(vote => vote.IsApproval));
                }

                former.OutputFileId = same.Id;
            }

            request.Files.AddRange(files.Select(file => Asked(file, ask, request.Turn)));
            await db.SaveChangesAsync(token);
            if (await ReleaseDecisions.MakeAsync(db, audit, random, requestId, ask.PersonId, now, token) == ReviewOutcome.Recorded)
            {
                await TellAsync(db, request, ask.PersonId, token);
            }

            return new AskOutcome.Asked(requestId);
        },
        cancellationToken);

    /// <returns>False when it ended already.</returns>
    public Task<bool> WithdrawAsync(int requestId, int personId, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            DateTimeOffset? now = timeProvider.GetUtcNow();
            var withdrawn = await db.ReleaseRequests.Where(row => row.Id == requestId && Open.Contains(row.State))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.State, ReleaseRequestState.Withdrawn)
                        .SetProperty(row => row.EndedAt, now)
                        .SetProperty(row => row.Revision, row => row.Revision + 1),
                    token) == 1;
            if (withdrawn)
            {
                await audit.AppendAsync(db, personId, AuditAct.ReleaseRequestWithdrawn, Subject(requestId), new { }, token);
            }

            return withdrawn;
        },
        cancellationToken);

    internal static string Subject(int requestId) => $"release_request:{requestId}";

    private static async Task<(List<OutputFile> Files, AskOutcome? Problem)> FilesAsync(JobServerDb db, AskForRelease ask, CancellationToken cancellationToken)
    {
        var ids = ask.Files.Keys.ToArray();
        var files = await AskableOutputs.Of(db, ask.WorkspaceId).AsNoTracking().Include(file => file.Job)
            .Where(file => EF.Parameter(ids).Contains(file.Id) && file.Disposition == OutputDisposition.Uploaded)
            .OrderBy(file => file.Path).ToListAsync(cancellationToken);
        if (files.Count == 0 || files.Count != ids.Length || files.DistinctBy(file => file.Path, StringComparer.Ordinal).Count() != files.Count)
        {
            return (files, new AskOutcome.FilesChanged());
        }

        if (files.Select(file => file.Job.BackendId).Distinct().Count() > 1)
        {
            return (files, new AskOutcome.SeveralBackends());
        }

        var unexplained = files.Where(file => FailedIn(file) && string.IsNullOrWhiteSpace(ask.Files[file.Id])).Select(file => file.Id).ToList();
        return (files, unexplained.Count > 0 ? new AskOutcome.ExceptionMissing(unexplained) : null);
    }

    private static bool FailedIn(OutputFile file) => CheckResult.Of(file.Findings.Select(finding => finding.Severity)) == Verdict.Fail;

    private static ReleaseRequestFile Asked(OutputFile file, AskForRelease ask, int turn) => new()
    {
        OutputFileId = file.Id,
        Path = file.Path,
        Size = file.Size,
        Digest = file.Digest,
        Exception = ask.Files[file.Id].Trim(),
        AddedInTurn = turn,
    };

    private async Task TellAsync(JobServerDb db, ReleaseRequest request, int personId, CancellationToken cancellationToken)
    {
        var files = request.Files.Where(file => file.RemovedInTurn is null).Select(file => new { file.Path, file.Digest }).ToList();
        await audit.AppendAsync(db, personId, AuditAct.ReleaseRequested, Subject(request.Id), new { request.WorkspaceId, request.Turn, files }, cancellationToken);
        await ReleaseMessages.ToCheckersAsync(db, request.Id, timeProvider.GetUtcNow(), cancellationToken);
    }
}
