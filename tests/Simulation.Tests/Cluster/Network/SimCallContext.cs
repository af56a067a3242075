using System.Security.Claims;
using Grpc.Core;
using JobServer.Coordinator.Authentication;
using Microsoft.AspNetCore.Http;

namespace JobServer.Simulation.Tests.Cluster.Network;

/// <summary>A call from an agent of a backend whose token was already checked.</summary>
internal sealed class SimCallContext : ServerCallContext
{
    private readonly CancellationToken _cancellationToken;

    public SimCallContext(int backendId, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        var caller = new ClaimsIdentity([new Claim(AgentTokenHandler.BackendClaim, $"{backendId}")]);
        UserStateCore["__HttpContext"] = new DefaultHttpContext { User = new ClaimsPrincipal(caller) };
    }

    protected override string MethodCore => "";

    protected override string HostCore => "";

    protected override string PeerCore => "";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => _cancellationToken;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Grpc.Core.Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new("", []);

    protected override IDictionary<object, object> UserStateCore { get; } = new Dictionary<object, object>();

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
