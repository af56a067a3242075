namespace JobServer.Portal.Access;

/// <summary>Of an endpoint that may refuse those whom its permission lets in: a row decides more than the policy table can know.</summary>
/// <param name="By">What decides, for people who read the endpoints.</param>
internal sealed record NarrowedInside(string By);
