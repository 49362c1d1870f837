import { asked, registryFor } from './askRegistry';

/** Prints what a registry client says of one image: `askOnce MIRROR ALLOWED-HOST IMAGE`. */
async function main([mirror = '', allowed = '', image = '']: readonly string[]): Promise<void> {
  const registry = registryFor([allowed], { mirrors: { 'docker.io': mirror } });
  console.log(await asked(registry, image));
}

void main(process.argv.slice(2));
