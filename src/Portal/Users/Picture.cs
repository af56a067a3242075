namespace JobServer.Portal.Users;

internal sealed record Picture(byte[] Bytes, string ContentType);
