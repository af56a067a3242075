namespace JobServer.Portal.CodeHosts;

/// <summary>Yes or no.</summary>
public sealed record CodeAnswer(bool Yes);
