using JobServer.Contracts.V1;
using JobServer.Data.Jobs;

namespace JobServer.Coordinator.Agents;

internal sealed record ReconcileResult
{
    /// <summary>One for each item of the inventory, in its order.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>Jobs leased to the agent that it never answered: to be sent again under the same fence.</summary>
    public required IReadOnlyList<ClaimedJob> Unaccepted { get; init; }

    /// <summary>The agent has had more acknowledged than some row holds.</summary>
    public required bool IsAheadOfTheRows { get; init; }

    /// <summary>A newer Hello of the agent came meanwhile: its verdicts are the ones that count, and these must not be sent.</summary>
    public required bool IsSuperseded { get; init; }
}
