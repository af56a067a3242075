namespace JobServer.Coordinator.Transfers;

internal static class TransferServices
{
    public static IServiceCollection AddTransfers(this IServiceCollection services) =>
        services.AddSingleton<UploadReceiver>().AddSingleton<UploadSlots>().AddSingleton<FetchSlots>();
}
