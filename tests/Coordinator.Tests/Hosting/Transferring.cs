using System.Text;
using Google.Protobuf;
using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Data.Blobs;
using TransfersClient = JobServer.Contracts.V1.Transfers.TransfersClient;

namespace JobServer.Coordinator.Tests.Hosting;

/// <summary>What a scripted agent sends and fetches beside its control stream.</summary>
internal static class Transferring
{
    public static TransfersClient Transfers(this TestCoordinator coordinator) => new(coordinator.Channel);

    public static OutputFile File(string path, string text, PrivacyLevel level = PrivacyLevel.ModeratelySensitive) => new()
    {
        Path = path,
        Size = Encoding.UTF8.GetByteCount(text),
        Sha256 = Digests.OfText(text),
        Level = level,
        Disposition = level == PrivacyLevel.ModeratelySensitive ? OutputDisposition.Uploaded : OutputDisposition.Kept,
        CheckedWith = level == PrivacyLevel.ModeratelySensitive ? "strict 2026.1" : "",
    };

    public static BeginUploadRequest Begin(this ScriptedAgent agent, Attempt attempt, string path, string text) => new()
    {
        Session = agent.Session,
        Attempt = attempt,
        Path = path,
        Size = Encoding.UTF8.GetByteCount(text),
        Sha256 = Digests.OfText(text),
        Level = PrivacyLevel.ModeratelySensitive,
    };

    public static async Task<UploadState> BeginAsync(this TestCoordinator coordinator, string token, BeginUploadRequest request) =>
        await coordinator.Transfers().BeginUploadAsync(request, TestCoordinator.Bearer(token));

    /// <summary>Sends chunks from an offset and gives the answer.</summary>
    public static async Task<UploadState> UploadAsync(
        this TestCoordinator coordinator, string token, ScriptedAgent agent, Attempt attempt, string uploadId, long offset, params byte[][] chunks)
    {
        using var call = coordinator.Transfers().Upload(TestCoordinator.Bearer(token));
        try
        {
            await call.RequestStream.WriteAsync(new UploadFrame { Header = new UploadHeader { Session = agent.Session, Attempt = attempt, UploadId = uploadId } });
            foreach (var chunk in chunks)
            {
                await call.RequestStream.WriteAsync(new UploadFrame { Chunk = new UploadChunk { Offset = offset, Data = ByteString.CopyFrom(chunk) } });
                offset += chunk.Length;
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The answer says why.
        }

        return await call.ResponseAsync;
    }

    public static async Task<string> CommitAsync(this TestCoordinator coordinator, string token, ScriptedAgent agent, Attempt attempt, params OutputFile[] files) =>
        (await coordinator.Transfers().CommitOutputsAsync(
            new CommitOutputsRequest { Session = agent.Session, Attempt = attempt, Files = { files } }, TestCoordinator.Bearer(token))).ManifestDigest;
}
