namespace JobServer.Portal.CodeHosts;

/// <summary>A repository and the host that has it.</summary>
public sealed record CodePlace(ICodeHost Host, CodeRepository Repository);
