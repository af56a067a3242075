using JobServer.Data.Audit;
using JobServer.Data.Writing;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Backends;

/// <summary>How heavy jobs are at a backend: the whole list at once, since its order decides. Holds for jobs submitted from then on.</summary>
public sealed class JobWeightWrites(DatabaseWriter writer, AuditLog audit)
{
    /// <param name="edit">The backend as shown: its revision rises with each list.</param>
    /// <param name="rules">In their order; valid.</param>
    /// <param name="cancellationToken">Gives the change up.</param>
    public Task<BackendOutcome> SetAsync(BackendEdit edit, IReadOnlyList<WeightRule> rules, CancellationToken cancellationToken) => writer.RunAsync(
        async (db, token) =>
        {
            var raised = await db.Backends.Where(row => row.Id == edit.BackendId && row.Revision == edit.Revision)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, row => row.Revision + 1), token);
            if (raised != 1)
            {
                return BackendOutcome.ChangedMeanwhile;
            }

            var before = await db.JobWeights.Where(row => row.BackendId == edit.BackendId).OrderBy(row => row.Position)
                .Select(row => new WeightRule(row.Workspace, row.ActionPattern, row.Slots))
                .ToListAsync(token);
            if (before.SequenceEqual(rules))
            {
                return BackendOutcome.Unchanged;
            }

            await db.JobWeights.Where(row => row.BackendId == edit.BackendId).ExecuteDeleteAsync(token);
            db.AddRange(rules.Select((rule, at) => new JobWeight
            {
                BackendId = edit.BackendId,
                Position = at + 1,
                Workspace = rule.Workspace,
                ActionPattern = rule.ActionPattern,
                Slots = rule.Slots,
            }));
            await audit.AppendAsync(
                db, edit.PersonId, AuditAct.BackendChanged, $"backend:{edit.BackendId}",
                new { weights = new { from = before.Select(Words), to = rules.Select(Words) } }, token);
            return BackendOutcome.Changed;
        },
        cancellationToken);

    private static string Words(WeightRule rule) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(rule.Workspace is null ? "" : rule.Workspace + " ")}{rule.ActionPattern}: {rule.Slots}");
}
