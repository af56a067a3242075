using Grpc.Core;

namespace JobServer.RunnerAgent.Connection;

internal static class SessionFailure
{
    /// <summary>A broken link says nothing about jobs; only a wrong token is worth telling apart.</summary>
    public static SessionEnd Of(Exception error) => error is RpcException { StatusCode: StatusCode.Unauthenticated } refused
        ? new SessionEnd(SessionEndKind.NotAuthenticated, refused.Status.Detail, TimeSpan.Zero)
        : new SessionEnd(SessionEndKind.LinkLost, error is RpcException rpc ? rpc.Status.ToString() : error.Message, TimeSpan.Zero);
}
