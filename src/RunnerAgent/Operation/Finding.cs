namespace JobServer.RunnerAgent.Operation;

/// <summary>What the doctor found in one place.</summary>
/// <param name="What">Where it looked, in a word.</param>
/// <param name="Said">What it saw, for people.</param>
/// <param name="Fix">What to do about it; null where all is well.</param>
internal sealed record Finding(string What, string Said, string? Fix)
{
    public bool IsWell => Fix is null;

    public static Finding Well(string what, string said) => new(what, said, null);
}
