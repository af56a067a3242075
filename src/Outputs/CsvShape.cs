namespace JobServer.Outputs;

/// <param name="Rows">Rows under the header; counting stops one above the limit.</param>
/// <param name="Columns">Columns of the header.</param>
public sealed record CsvShape(int Rows, int Columns);
