using Grpc.Core;
using JobServer.Coordinator.Authentication;

namespace JobServer.Coordinator.Agents;

internal static class AgentCaller
{
    /// <summary>The backend whose token the caller showed.</summary>
    public static int BackendOf(ServerCallContext context) =>
        int.Parse(context.GetHttpContext().User.FindFirst(AgentTokenHandler.BackendClaim)!.Value);
}
