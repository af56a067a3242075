namespace JobServer.Portal.CodeHosts;

/// <summary>More bytes came than the settings allow.</summary>
internal sealed class CapExceededException() : IOException("More bytes than allowed.");
