namespace JobServer.Data.Writing;

/// <summary>Admits one writer at a time where the database itself cannot queue them fairly.</summary>
public interface IWriteGate
{
    /// <summary>Waits for its turn; dispose the result to let the next one in.</summary>
    ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken);
}
