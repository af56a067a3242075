using Grpc.Core;
using JobServer.Coordinator.Authentication;
using JobServer.Data.Blobs;

namespace JobServer.Coordinator.Agents;

internal static class AgentCaller
{
    /// <summary>The backend whose token the caller showed.</summary>
    public static int BackendOf(ServerCallContext context) =>
        int.Parse(context.GetHttpContext().User.FindFirst(AgentTokenHandler.BackendClaim)!.Value);

    /// <summary>The digest of the token that the caller showed; of none, nothing that is ever valid.</summary>
    public static string TokenHashOf(ServerCallContext context) =>
        CoordinatorAuthentication.BearerToken(context.GetHttpContext().Request) is { } token ? Digests.OfText(token) : "";
}
