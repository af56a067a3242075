using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Conformance;

/// <summary>Where the store and the specification part, with the way there.</summary>
internal static class Divergence
{
    public static string? Between(Told specified, Told stored)
    {
        if (specified.Rows.ColumnsAlone() != stored.Rows.ColumnsAlone())
        {
            return $"the rows should be {specified.Rows.ColumnsAlone()}{Environment.NewLine}              but are {stored.Rows.ColumnsAlone()}";
        }

        return specified.Answer == stored.Answer ? null : $"the answer should be '{specified.Answer}' but is '{stored.Answer}'";
    }

    /// <param name="changes">The commands before it that changed something; the others cannot matter.</param>
    public static string Of(IReadOnlyCollection<StoreCommand> changes, StoreCommand last, string difference) =>
        $"After [{string.Join("; ", changes)}] then [{last}]{Environment.NewLine}{difference}";
}
