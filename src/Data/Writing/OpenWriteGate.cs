namespace JobServer.Data.Writing;

/// <summary>For a database that orders writers itself.</summary>
public sealed class OpenWriteGate : IWriteGate, IDisposable
{
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IDisposable>(this);

    public void Dispose()
    {
    }
}
