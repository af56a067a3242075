using System.Security.Cryptography;

namespace JobServer.RunnerAgent;

internal sealed class SystemAgentRandom : IAgentRandom
{
    public double NextDouble() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    public string NewId() => RandomNumberGenerator.GetString(SeededAgentRandom.Letters, SeededAgentRandom.IdLength);
}
