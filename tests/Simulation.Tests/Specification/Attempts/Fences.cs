namespace JobServer.Simulation.Tests.Specification.Attempts;

/// <summary>A set of fences in a byte.</summary>
internal readonly record struct Fences(byte Bits)
{
    public bool IsEmpty => Bits == 0;

    public bool Has(int fence) => (Bits & (1 << fence)) != 0;

    public Fences With(int fence) => new((byte)(Bits | (1 << fence)));

    public Fences Without(int fence) => new((byte)(Bits & ~(1 << fence)));

    public override string ToString() => string.Concat(Enumerable.Range(0, 8).Where(Has));
}
