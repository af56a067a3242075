using System.Security.Cryptography;
using System.Text;

namespace JobServer.RunnerAgent.Execution.Containers;

/// <summary>Tells the containers of one agent from those of others on the same engine.</summary>
internal static class ContainerNames
{
    private const int Length = 12;

    /// <summary>Made from the state directory, which only one agent has.</summary>
    public static string OfAgent(AgentOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(options.StateDirectory))))[..Length];
}
