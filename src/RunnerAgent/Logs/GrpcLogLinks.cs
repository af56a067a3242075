using JobServer.RunnerAgent.Connection;

namespace JobServer.RunnerAgent.Logs;

/// <summary>Opens log streams on the data connection.</summary>
internal sealed class GrpcLogLinks(CoordinatorChannels channels) : ILogLinks
{
    public async Task UseAsync(Func<LogLink, Task> use)
    {
        using var call = new Contracts.V1.Transfers.TransfersClient(channels.Data).AppendLog(channels.Metadata);
        await use(new LogLink
        {
            Read = async token => await call.ResponseStream.MoveNext(token) ? call.ResponseStream.Current : null,
            Write = (frame, token) => call.RequestStream.WriteAsync(frame, token),
        });
        await call.RequestStream.CompleteAsync();
    }
}
