using System.Text.Json.Serialization;

namespace JobServer.RunnerAgent.Workspaces;

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SiteManifest))]
internal sealed partial class SiteJson : JsonSerializerContext;
