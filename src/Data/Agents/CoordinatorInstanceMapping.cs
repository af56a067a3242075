using JobServer.Domain.Agents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Agents;

internal sealed class CoordinatorInstanceMapping : IEntityTypeConfiguration<CoordinatorInstance>
{
    public void Configure(EntityTypeBuilder<CoordinatorInstance> builder)
    {
        builder.Property(instance => instance.Id).HasMaxLength(Agent.IdMaxLength).IsUnicode(false);
        builder.Property(instance => instance.Endpoint).HasMaxLength(300);
    }
}
