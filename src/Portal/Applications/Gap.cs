namespace JobServer.Portal.Applications;

/// <summary>Something that an application lacks.</summary>
/// <param name="Address">Where it can be filled in.</param>
internal sealed record Gap(string Text, string Address);
