using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Jobs;

/// <summary>How many slots the jobs of a request take at its backend.</summary>
internal sealed class JobSlots
{
    private readonly IReadOnlyList<JobWeight> _weights;

    private JobSlots(IReadOnlyList<JobWeight> weights) => _weights = weights;

    public static async Task<JobSlots> ReadAsync(JobServerDb db, int backendId, int workspaceId, CancellationToken cancellationToken)
    {
        var weights = await db.JobWeights.AsNoTracking().Where(weight => weight.BackendId == backendId)
            .OrderBy(weight => weight.Position)
            .ToListAsync(cancellationToken);
        if (weights.Exists(weight => weight.Workspace is not null))
        {
            var slug = await db.Workspaces.Where(workspace => workspace.Id == workspaceId).Select(workspace => workspace.Slug).SingleAsync(cancellationToken);
            weights.RemoveAll(weight => weight.Workspace is { } other && !string.Equals(other, slug, StringComparison.OrdinalIgnoreCase));
        }

        return new JobSlots(weights);
    }

    /// <summary>The first weight that matches holds; without one a job takes one slot.</summary>
    public int Of(string action) => Math.Max(1, _weights.FirstOrDefault(weight => Matches(weight.ActionPattern, action))?.Slots ?? 1);

    /// <summary>Whether a name fits a pattern in which * stands for any characters, also none. Linear in practice, never exponential.</summary>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (inPattern, inName, star, retry) = (0, 0, -1, 0);
        while (inName < name.Length)
        {
            if (inPattern < pattern.Length && pattern[inPattern] == '*')
            {
                (star, retry) = (inPattern++, inName);
            }
            else if (inPattern < pattern.Length && pattern[inPattern] == name[inName])
            {
                inPattern++;
                inName++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more.
                (inPattern, inName) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern[inPattern..].IndexOfAnyExcept('*') < 0;
    }
}
