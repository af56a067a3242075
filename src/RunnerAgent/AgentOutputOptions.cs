using JobServer.Outputs;

namespace JobServer.RunnerAgent;

/// <summary>What a moderately sensitive file may be to be uploaded for review: <c>Agent:Outputs</c>.</summary>
public sealed class AgentOutputOptions
{
    public long MaxBytes { get; set; } = new OutputLimits().MaxBytes;

    public int MaxCsvRows { get; set; } = new OutputLimits().MaxCsvRows;

    /// <summary>Empty: the usual ones.</summary>
    public List<string> AllowedExtensions { get; } = [];

    /// <summary>Empty: <c>patient_id</c>.</summary>
    public List<string> IdentifierColumns { get; } = [];

    internal OutputLimits ToLimits()
    {
        var usual = new OutputLimits();
        return new OutputLimits
        {
            MaxBytes = MaxBytes,
            MaxCsvRows = MaxCsvRows,
            AllowedExtensions = AllowedExtensions.Count > 0 ? AllowedExtensions : usual.AllowedExtensions,
            IdentifierColumns = IdentifierColumns.Count > 0 ? IdentifierColumns : usual.IdentifierColumns,
        };
    }
}
