using System.Net;
using System.Net.Sockets;

namespace JobServer.Chaos.Tests.Links;

/// <summary>The proxy does to a connection what each fault says.</summary>
public sealed class FaultProxyTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private FaultProxy _proxy = null!;
    private Socket _agent = null!;
    private Socket _coordinator = null!;

    public async Task InitializeAsync()
    {
        _server.Start();
        _proxy = new FaultProxy(((IPEndPoint)_server.LocalEndpoint).Port);
        _agent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await _agent.ConnectAsync(IPAddress.Loopback, _proxy.Port);
        _coordinator = await _server.AcceptSocketAsync();
    }

    [Fact]
    public async Task Without_a_fault_bytes_pass_both_ways()
    {
        Assert.Equal(3, await PassAsync(_agent, _coordinator));
        Assert.Equal(3, await PassAsync(_coordinator, _agent));
    }

    [Fact]
    public async Task A_link_that_is_deaf_on_one_side_passes_the_other_and_loses_nothing_when_it_heals()
    {
        _proxy.Break(new LinkFault { Kind = LinkFaultKind.DeafCoordinator });
        await _agent.SendAsync(new byte[3]);

        Assert.Equal(3, await PassAsync(_coordinator, _agent));
        Assert.Equal(0, _coordinator.Available);

        _proxy.Heal();
        Assert.Equal(3, await ReceiveAsync(_coordinator));
    }

    [Fact]
    public async Task A_cut_closes_what_is_open()
    {
        await PassAsync(_agent, _coordinator);
        _proxy.Break(new LinkFault { Kind = LinkFaultKind.Cut });

        Assert.Equal(-1, await ReceiveAsync(_coordinator));
        Assert.Equal(-1, await ReceiveAsync(_agent));
    }

    [Fact]
    public async Task A_reset_comes_after_the_bytes_it_allows()
    {
        _proxy.Break(new LinkFault { Kind = LinkFaultKind.ResetAfter, ResetAfter = 5 });

        Assert.Equal(3, await PassAsync(_agent, _coordinator));
        Assert.Equal(-1, await PassAsync(_agent, _coordinator));
    }

    public async Task DisposeAsync() => await _proxy.DisposeAsync();

    public void Dispose()
    {
        _agent.Dispose();
        _coordinator.Dispose();
        _server.Dispose();
    }

    private static async Task<int> PassAsync(Socket from, Socket to)
    {
        await from.SendAsync(new byte[3]);
        return await ReceiveAsync(to);
    }

    /// <returns>The number of bytes; -1 when the connection is gone.</returns>
    private static async Task<int> ReceiveAsync(Socket from)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            return await from.ReceiveAsync(new byte[16], SocketFlags.None, deadline.Token) is var count and > 0 ? count : -1;
        }
        catch (SocketException)
        {
            return -1;
        }
    }
}
