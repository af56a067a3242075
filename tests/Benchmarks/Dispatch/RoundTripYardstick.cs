using System.Diagnostics;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using JobServer.Contracts.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Benchmarks.Dispatch;

/// <summary>A frame there and back over a stream like an agent's, on a server that does nothing else.</summary>
internal static class RoundTripYardstick
{
    public static async Task<Times> RunAsync(int warmup, int rounds)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        await using var app = builder.Build();
        app.MapGrpcService<EchoService>();
        await app.StartAsync();

        using var channel = GrpcChannel.ForAddress(app.Urls.First());
        using var call = new Agents.AgentsClient(channel).Connect();
        var times = new Times(rounds);
        for (var i = 0; i < warmup + rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call.RequestStream.WriteAsync(new AgentFrame { Heartbeat = new Heartbeat { SentAt = i } });
            await call.ResponseStream.MoveNext(CancellationToken.None);
            if (i >= warmup)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        await call.RequestStream.CompleteAsync();
        return times;
    }
}
