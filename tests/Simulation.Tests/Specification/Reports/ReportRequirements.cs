using JobServer.Simulation.Tests.Specification.Checking;
using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Reports;

/// <summary>What must hold of reports and sessions, by the names of the contract.</summary>
internal static class ReportRequirements
{
    public static IReadOnlyList<Requirement<ReportState>> All { get; } =
    [
        Requirement<ReportState>.EachStep("I2", "a fence never goes down", (before, after) => after.Rows.Fence >= before.Rows.Fence),
        Requirement<ReportState>.Always(
            "I3", "only a report under the current fence, of its holder, is applied", state => (state.Rows.Breach & (Breach.OldFence | Breach.NotTheHolder)) == Breach.None),
        Requirement<ReportState>.EachStep(
            "I4", "what has ended never changes", (before, after) =>
                before.Rows.IsOpen || (!after.Rows.IsOpen && before.Rows.Ending == after.Rows.Ending && before.Rows.EndedBy == after.Rows.EndedBy && before.Rows.Applied == after.Rows.Applied)),
        Requirement<ReportState>.Always(
            "I5", "what was acknowledged, and so may be forgotten by the agent, is in the database", state =>
                state.Rows.Fence != 1 || state.Known <= state.Rows.Applied),
        Requirement<ReportState>.Always(
            "I6", "reports are applied in order, without a gap, each once", state =>
                (state.Rows.Breach & (Breach.SkippedReport | Breach.RepeatedReport)) == Breach.None && state.Rows.Effects == state.Rows.Applied && !state.IsAnotherUnderOneNumber),
        Requirement<ReportState>.Always("I16", "only the newest session of an agent renews and reports", state => (state.Rows.Breach & Breach.StaleSession) == Breach.None),
    ];
}
