using System.Threading.Channels;

namespace JobServer.RunnerAgent;

/// <summary>"Something changed; look again." Any number of calls before a look are one.</summary>
internal sealed class AgentWake
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _channel.Reader.ReadAsync(cancellationToken);
}
