namespace JobServer.RunnerAgent.Tests.Execution;

/// <summary>As <see cref="BubblewrapFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BubblewrapTheoryAttribute : TheoryAttribute
{
    public BubblewrapTheoryAttribute() => Skip = new BubblewrapFactAttribute().Skip;
}
