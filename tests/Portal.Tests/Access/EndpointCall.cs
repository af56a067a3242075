using JobServer.Domain.Access;

namespace JobServer.Portal.Tests.Access;

/// <summary>One way to call an endpoint, with names of things that exist in place of its parameters.</summary>
/// <param name="Method">Such as GET.</param>
/// <param name="Pattern">As routing knows it.</param>
/// <param name="Address">To call.</param>
/// <param name="Needed">What it names, any one of each; empty where it is open to everybody.</param>
/// <param name="IsNarrowed">It may refuse whom its permission lets in.</param>
internal sealed record EndpointCall(string Method, string Pattern, string Address, IReadOnlyList<IReadOnlyList<Permission>> Needed, bool IsNarrowed)
{
    public string Name => $"{Method} {Pattern}";
}
